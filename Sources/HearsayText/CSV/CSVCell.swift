extension [UInt8] {
  /// Appends a cell of CSV (RFC 4180), quoted where necessary.
  ///
  /// - Parameter escapesFormulas: Whether an apostrophe is put before a cell that a spreadsheet would run as a formula,
  ///   so that it is text. A negative number is not a formula.
  public mutating func append(csv cell: String, escapesFormulas: Bool = true) {
    let text = cell.utf8.span
    let isFormula = escapesFormulas && FormulaCell.isFormula(text)
    guard cell.utf8.contains(where: { $0 == 0x22 || $0 == 0x2C || $0 == 0x0A || $0 == 0x0D }) else {
      if isFormula { append(UInt8(ascii: "'")) }
      append(contentsOf: cell.utf8)
      return
    }
    append(UInt8(ascii: "\""))
    if isFormula { append(UInt8(ascii: "'")) }
    for byte in cell.utf8 {
      if byte == UInt8(ascii: "\"") { append(byte) }
      append(byte)
    }
    append(UInt8(ascii: "\""))
  }
}
