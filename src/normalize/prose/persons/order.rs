//! Who is the tenant and who a co-tenant, once all of a household's persons are known.

use super::Found;
use crate::domain::notice::Role;

/// Of several tenants all but the first are co-tenants; without a tenant the first who is there is one.
pub(super) fn several(found: &mut [Found]) {
    let rank = |role: Role| match role {
        Role::Tenant => 0,
        Role::CoTenant => 1,
        Role::Occupant => 2,
        Role::Child | Role::Representative => 3,
    };
    if !found.iter().any(|person| person.role == Role::Tenant) {
        let first = found
            .iter_mut()
            .filter(|person| rank(person.role) < 3)
            .min_by_key(|person| rank(person.role));
        if let Some(first) = first {
            first.role = Role::Tenant;
        }
    }
    let mut first = true;
    for person in found.iter_mut().filter(|person| person.role == Role::Tenant) {
        if !first {
            person.role = Role::CoTenant;
        }
        first = false;
    }
}
