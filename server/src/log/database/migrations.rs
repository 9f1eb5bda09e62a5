//! How tables come to be: by one script after the other, each run once.

use sqlx::{
    SqlStr,
    migrate::{Migration, MigrationType, Migrator},
};

/// The scripts, in their order. One that was ever released does not change.
pub fn migrations<const N: usize>(scripts: [SqlStr; N]) -> Migrator {
    let numbered = (1..).zip(scripts);
    let migrations = numbered.map(|(number, sql)| {
        // Only for people: what is run is told by number and content.
        let name = "instant chat".into();
        Migration::new(number, name, MigrationType::Simple, sql, false)
    });
    Migrator::with_migrations(migrations.collect())
}
