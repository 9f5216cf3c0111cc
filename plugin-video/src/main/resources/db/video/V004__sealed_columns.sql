-- SPDX-License-Identifier: Apache-2.0
-- Names, labels and messages are sealed from now on, and longer than what is in them. What lies here plain the host seals as soon as this has run.
alter table session drop constraint session_patient_label_check;
alter table participant drop constraint participant_display_name_check, drop constraint participant_message_check;
