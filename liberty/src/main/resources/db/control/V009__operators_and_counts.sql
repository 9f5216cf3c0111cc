-- SPDX-License-Identifier: Apache-2.0
-- Of a refusal: how many alike before it are in no row.
alter table operator_log add column unwritten int not null default 0 check (unwritten >= 0);
