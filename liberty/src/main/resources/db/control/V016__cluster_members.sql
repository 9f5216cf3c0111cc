-- SPDX-License-Identifier: Apache-2.0
-- Where the nodes of a location find each other. Written and read by JGroups (JDBC_PING2), whose columns these are; stale rows are removed by whoever leads the group. No health data.
create table cluster_member (
    address varchar(200) primary key,
    name    varchar(200),
    cluster varchar(200) not null,
    ip      varchar(200) not null,
    coord   boolean
);
