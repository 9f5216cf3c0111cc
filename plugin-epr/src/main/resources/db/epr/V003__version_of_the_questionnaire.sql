-- SPDX-License-Identifier: Apache-2.0
-- Which version of the questionnaire was asked: scores of two versions are no one line. Until now there was one version of each.
alter table assessment add column instrument_version text;
update assessment set instrument_version = '1.0.0';
alter table assessment alter column instrument_version set not null;
