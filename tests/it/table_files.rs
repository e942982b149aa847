//! Files of other programs' formats that hold a table, its first row being the header.

use std::io::{Cursor, Write};
#[cfg(feature = "parquet")]
use std::sync::Arc;

/// A zip archive of named parts.
pub(crate) fn archive(parts: &[(&str, &str)]) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in parts {
        let options = zip::write::SimpleFileOptions::default();
        writer.start_file(*name, options).unwrap();
        writer.write_all(content.as_bytes()).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

/// A workbook. With `has_days` a cell that is a number is formatted as a day; else all cells are texts.
pub(crate) fn xlsx(rows: &[&[&str]], has_days: bool) -> Vec<u8> {
    let cell = |text: &&str| match text.parse::<f64>().ok().filter(|_| has_days) {
        Some(number) => format!("<c s='1'><v>{number}</v></c>"),
        None => format!("<c t='inlineStr'><is><t>{text}</t></is></c>"),
    };
    let row = |row: &&[&str]| format!("<row>{}</row>", row.iter().map(cell).collect::<String>());
    let rows = rows.iter().map(row).collect::<String>();
    let main = "xmlns='http://schemas.openxmlformats.org/spreadsheetml/2006/main'";
    let sheet = format!("<worksheet {main}><sheetData>{rows}</sheetData></worksheet>");
    let empty = format!("<worksheet {main}><sheetData/></worksheet>");
    let types = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let book = format!(
        "<workbook {main} xmlns:r='{types}'><sheets><sheet name='Notes' sheetId='1' r:id='r1'/>\
         <sheet name='Articles' sheetId='2' r:id='r2'/></sheets></workbook>"
    );
    let relation = |id: &str, kind: &str, target: &str| {
        format!("<Relationship Id='{id}' Type='{types}/{kind}' Target='{target}'/>")
    };
    let relations = |all: &[String]| {
        let namespace = "http://schemas.openxmlformats.org/package/2006/relationships";
        format!("<Relationships xmlns='{namespace}'>{}</Relationships>", all.concat())
    };
    let styles = format!(
        "<styleSheet {main}><cellXfs count='2'><xf numFmtId='0'/><xf numFmtId='14'/></cellXfs></styleSheet>"
    );
    let of_book = relations(&[
        relation("r1", "worksheet", "worksheets/sheet1.xml"),
        relation("r2", "worksheet", "worksheets/sheet2.xml"),
        relation("r3", "styles", "styles.xml"),
    ]);
    let of_file = relations(&[relation("r1", "officeDocument", "xl/workbook.xml")]);
    archive(&[
        ("[Content_Types].xml", "<Types/>"),
        ("_rels/.rels", &of_file),
        ("xl/workbook.xml", &book),
        ("xl/_rels/workbook.xml.rels", &of_book),
        ("xl/styles.xml", &styles),
        ("xl/worksheets/sheet1.xml", &empty),
        ("xl/worksheets/sheet2.xml", &sheet),
    ])
}

/// A table of texts in Parquet.
#[cfg(feature = "parquet")]
pub(crate) fn parquet(rows: &[&[&str]]) -> Vec<u8> {
    use parquet::basic::{LogicalType, Repetition, Type as Physical};
    use parquet::data_type::{ByteArray, ByteArrayType};
    use parquet::file::writer::SerializedFileWriter;
    use parquet::schema::types::Type;

    let field = |name: &&str| {
        let field = Type::primitive_type_builder(name, Physical::BYTE_ARRAY);
        let field = field.with_repetition(Repetition::OPTIONAL);
        Arc::new(field.with_logical_type(Some(LogicalType::String)).build().unwrap())
    };
    let fields = rows[0].iter().map(field).collect();
    let schema = Arc::new(Type::group_type_builder("table").with_fields(fields).build().unwrap());
    let mut writer = SerializedFileWriter::new(Vec::new(), schema, Arc::default()).unwrap();
    let mut group = writer.next_row_group().unwrap();
    for at in 0..rows[0].len() {
        let cells = rows[1..].iter().map(|row| row.get(at).copied().unwrap_or_default());
        let values: Vec<ByteArray> =
            cells.clone().filter(|cell| !cell.is_empty()).map(ByteArray::from).collect();
        let levels: Vec<i16> = cells.map(|cell| i16::from(!cell.is_empty())).collect();
        let mut column = group.next_column().unwrap().unwrap();
        column.typed::<ByteArrayType>().write_batch(&values, Some(&levels), None).unwrap();
        column.close().unwrap();
    }
    group.close().unwrap();
    writer.into_inner().unwrap()
}
