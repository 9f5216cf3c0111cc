-- SPDX-License-Identifier: Apache-2.0
-- What is about one thing, the newest first: a person asks it about everything that is theirs.
create index on audit (object_id, at desc, id desc);
