-- Most orders are fulfilled and most services active: an enterprise's list of those is found in the list of all. What is in
-- another state is soon in yet another: such an index stays small, and a group of writes changes few pages of it.

DROP INDEX orders_of_enterprise_by_state;
CREATE INDEX orders_of_enterprise_by_state ON orders (enterprise, state, placed_at, id)
    WHERE state = 'unpaid' OR state = 'paid' OR state = 'cancelled';

DROP INDEX services_of_enterprise_by_state;
CREATE INDEX services_of_enterprise_by_state ON services (enterprise, state, created_at, id)
    WHERE state = 'provisioning' OR state = 'expired' OR state = 'closed';

-- Many notices of one second, too, in the order of their list.
DROP INDEX notices_of_organisation;
CREATE INDEX notices_of_organisation ON notices (organisation, at, id);
