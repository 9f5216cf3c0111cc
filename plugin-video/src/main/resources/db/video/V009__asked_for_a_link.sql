-- SPDX-License-Identifier: Apache-2.0
-- When somebody who has a link that another browser holds asked for a new one.
alter table participant add column asked_at timestamptz;
