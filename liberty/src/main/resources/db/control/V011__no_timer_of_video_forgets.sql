-- SPDX-License-Identifier: Apache-2.0
-- Video's own timer for the end of keeping is gone: the host does it for all modules.
delete from scheduled_tasks where task_name = 'video/forget';
