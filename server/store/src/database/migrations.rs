//! How tables come to be: by one script after the other, each run once.

use sqlx::{
    SqlStr,
    migrate::{Migration, MigrationType, Migrator},
};

/// The scripts, with the numbers of their files. One that was ever released does not change.
pub fn migrations<const N: usize>(scripts: [(i64, SqlStr); N]) -> Migrator {
    let migrations = scripts.into_iter().map(|(number, sql)| {
        // Only for people: what is run is told by number and content.
        let name = "instant chat".into();
        Migration::new(number, name, MigrationType::Simple, sql, false)
    });
    Migrator::with_migrations(migrations.collect())
}
