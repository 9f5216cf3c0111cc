-- SPDX-License-Identifier: Apache-2.0
-- A key of before lay here unsealed. A new one is made when it is first needed; tokens live for minutes.
-- The new name keeps a server of before from taking a sealed key for a plain one.
delete from signing_key;
alter table signing_key rename column value to sealed;
