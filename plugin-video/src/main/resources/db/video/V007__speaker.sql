-- SPDX-License-Identifier: Apache-2.0
-- What somebody has said of their loudspeaker; absent where nobody was asked.
alter table participant add column speaker text;
