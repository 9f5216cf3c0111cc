-- SPDX-License-Identifier: Apache-2.0
-- Of which location a node is, by its id: a clinic is moved only to where somebody serves it. Null for a node of an earlier version. No health data.
alter table node add column location text;
