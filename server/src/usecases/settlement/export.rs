//! A month as a table to take along: CSV (RFC 4180) for any program, XLSX for Excel.

use rust_xlsxwriter::{Format, Workbook, XlsxError};
use shared::api::{Settlement, SettlementLine};
use shared::money::Fen;
use shared::settlement::LineKind;

use super::super::market::Market;
use crate::caller::Caller;
use crate::failure::Failure;

/// The form of a table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// UTF-8 with a byte order mark, by which Excel knows it.
    Csv,
    /// Excel's own.
    Xlsx,
}

/// A file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Export {
    /// Its name.
    pub name: String,
    /// What stands in it.
    pub bytes: Vec<u8>,
}

/// A cell.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Cell {
    Text(String),
    Amount(Fen),
}

impl Market {
    /// A month with its orders as a file; `english`: its words.
    pub async fn export_settlement(
        &self,
        caller: &Caller,
        id: &str,
        form: Form,
        english: bool,
    ) -> Result<Export, Failure> {
        let settlement = self.settlement(caller, id).await?;
        let rows = rows(&settlement, english);
        let (bytes, ending) = match form {
            Form::Csv => (csv(&rows).map_err(|error| Failure::Internal(error.to_string()))?, "csv"),
            Form::Xlsx => (xlsx(&rows).map_err(|error| Failure::Internal(error.to_string()))?, "xlsx"),
        };
        Ok(Export { name: format!("settlement-{}.{ending}", settlement.month), bytes })
    }
}

/// The table: its head, a row for each order, and the sums below.
fn rows(settlement: &Settlement, english: bool) -> Vec<Vec<Cell>> {
    let pick = |zh: &str, en: &str| Cell::Text(if english { en } else { zh }.to_owned());
    let head = [("订单号", "Order"), ("商品", "Product"), ("客户", "Customer"), ("类型", "Kind"), ("时间", "Time")];
    let head = head.map(|(zh, en)| pick(zh, en)).into_iter().chain([pick("金额（元）", "Amount (CNY)")]);
    let mut rows = vec![head.collect()];
    for SettlementLine { line, product_name, customer } in settlement.lines.iter().flatten() {
        let (kind, amount) = match line.kind {
            LineKind::Fulfilled => (pick("已完成订单", "Fulfilled"), line.amount),
            LineKind::Refunded => (pick("退款", "Refunded"), -line.amount),
        };
        let text = |text: &str| Cell::Text(text.to_owned());
        let at = line.at.to_string();
        rows.push(vec![text(&line.order), text(product_name), text(customer), kind, text(&at), Cell::Amount(amount)]);
    }
    let Settlement { fulfilled, refunded, deducted, payable, carried, .. } = settlement;
    for (zh, en, amount) in [
        ("已完成订单合计", "Fulfilled in all", *fulfilled),
        ("退款合计", "Refunded in all", -*refunded),
        ("扣除前期结转", "Deducted for earlier months", -*deducted),
        ("应付金额", "Payable", *payable),
        ("结转至次月扣除", "Carried to the next month", -*carried),
    ] {
        let empty = || Cell::Text(String::new());
        rows.push(vec![pick(zh, en), empty(), empty(), empty(), empty(), Cell::Amount(amount)]);
    }
    rows
}

/// What a spreadsheet would take for a formula is made a text: names are other people's.
fn harmless(text: &str) -> String {
    if text.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠']) {
        return format!("'{text}");
    }
    text.to_owned()
}

fn csv(rows: &[Vec<Cell>]) -> csv::Result<Vec<u8>> {
    let mut bytes = b"\xEF\xBB\xBF".to_vec();
    let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(&mut bytes);
    for row in rows {
        writer.write_record(row.iter().map(|cell| match cell {
            Cell::Text(text) => harmless(text),
            Cell::Amount(fen) => fen.to_string(),
        }))?;
    }
    writer.flush()?;
    drop(writer);
    Ok(bytes)
}

fn xlsx(rows: &[Vec<Cell>]) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    let (bold, money) = (Format::new().set_bold(), Format::new().set_num_format("#,##0.00"));
    let sheet = workbook.add_worksheet();
    for (number, row) in (0..).zip(rows) {
        for (column, cell) in (0..).zip(row) {
            match cell {
                Cell::Text(text) if number == 0 => sheet.write_string_with_format(number, column, text, &bold)?,
                Cell::Text(text) => sheet.write_string(number, column, text)?,
                // Its decimal text read as the number next to it: no arithmetic on the way.
                Cell::Amount(fen) => {
                    let amount: f64 = fen.to_string().parse().unwrap_or_default();
                    sheet.write_number_with_format(number, column, amount, &money)?
                }
            };
        }
    }
    sheet.set_freeze_panes(1, 0)?;
    sheet.autofit();
    workbook.save_to_buffer()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(text: &str) -> Cell {
        Cell::Text(text.to_owned())
    }

    #[test]
    fn o8_a_table_is_what_rfc_4180_says_and_holds_no_formula() {
        let rows = [
            vec![text("客户"), text("金额（元）")],
            vec![text("=1+1"), Cell::Amount(Fen::new(-20_800))],
            vec![text("甲,\"乙\"\n丙"), Cell::Amount(Fen::new(7))],
            vec![text("＝HYPERLINK()"), Cell::Amount(Fen::ZERO)],
            vec![text("@SUM"), Cell::Amount(Fen::new(100_000_000_000))],
        ];
        let expected = "\u{FEFF}客户,金额（元）\r\n'=1+1,-208.00\r\n\"甲,\"\"乙\"\"\n丙\",0.07\r\n\
            '＝HYPERLINK(),0.00\r\n'@SUM,1000000000.00\r\n";
        assert_eq!(String::from_utf8(csv(&rows).expect("written")).expect("UTF-8"), expected);
    }
}
