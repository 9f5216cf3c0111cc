-- SPDX-License-Identifier: Apache-2.0
insert into nothing values ('Patient 4');
