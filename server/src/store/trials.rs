//! Which enterprise has tried which product: once, ever (rule L13).

use shared::orders::Service;

use super::sql::{Sql, values};
use super::{StoreError, document};

/// The service that the enterprise's trial of the product was begun as.
pub async fn of(sql: &mut dyn Sql, enterprise: &str, product: &str) -> Result<Option<Service>, StoreError> {
    let query = "SELECT s.document FROM trials t JOIN services s ON s.id = t.service \
         WHERE t.enterprise = $1 AND t.product = $2";
    let row = sql.row(query, values![enterprise, product]).await?;
    row.map(|mut row| document::read(&row.take::<String>()?)).transpose()
}

/// Keeps that the enterprise has tried the product. A conflict: it has before.
pub async fn insert(sql: &mut dyn Sql, service: &Service) -> Result<(), StoreError> {
    let statement = "INSERT INTO trials (enterprise, product, service) VALUES ($1, $2, $3)";
    sql.run(statement, values![&service.enterprise, &service.product, &service.id]).await?;
    Ok(())
}
