-- SPDX-License-Identifier: Apache-2.0
-- After the backup was made.
alter table person add column since date not null default '2026-01-01';
