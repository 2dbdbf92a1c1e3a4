/// Detects cells that a spreadsheet would run as a formula.
///
/// Spreadsheets skip white space and invisible characters before the sign that begins a formula, and accept the
/// full-width and small forms of the sign.
enum FormulaCell {
  /// Whether the first visible character of a cell of valid UTF-8 begins a formula.
  static func isFormula(_ cell: Swift.Span<UInt8>) -> Bool {
    guard cell.count > 0 else { return false }
    switch cell[0] {
    case 0x09, 0x0D, UInt8(ascii: "="), UInt8(ascii: "+"), UInt8(ascii: "@"): return true
    case UInt8(ascii: "-"): return !isNegativeNumber(cell)
    case 0x21..<0x7F: return false
    default: break
    }
    var i = 0
    while i < cell.count {
      let (scalar, length) = decode(i, in: cell)
      if signs.contains(scalar) { return true }
      guard isInvisible(scalar) else { return false }
      i += length
    }
    return false
  }

  /// `=`, `+`, `-`, `@` and their full-width and small forms.
  private static let signs: Set<Unicode.Scalar> = [
    "=", "+", "-", "@", "\u{FF1D}", "\u{FF0B}", "\u{FF0D}", "\u{FF20}", "\u{FE66}", "\u{FE62}", "\u{FE63}", "\u{FE6B}",
  ]

  /// White space, control characters, and characters without a glyph.
  private static func isInvisible(_ scalar: Unicode.Scalar) -> Bool {
    let properties = scalar.properties
    return properties.isWhitespace || properties.isDefaultIgnorableCodePoint || properties.generalCategory == .control
      || properties.generalCategory == .format
  }

  /// Whether the cell is a minus and digits, with optional decimals and exponent.
  private static func isNegativeNumber(_ cell: Swift.Span<UInt8>) -> Bool {
    var i = 1
    let whole = skipDigits(in: cell, at: &i)
    var decimals = 0
    if i < cell.count, cell[i] == UInt8(ascii: ".") {
      i += 1
      decimals = skipDigits(in: cell, at: &i)
    }
    guard whole + decimals > 0 else { return false }
    if i < cell.count, cell[i] | 0x20 == UInt8(ascii: "e") {
      i += 1
      if i < cell.count, cell[i] == UInt8(ascii: "+") || cell[i] == UInt8(ascii: "-") { i += 1 }
      guard skipDigits(in: cell, at: &i) > 0 else { return false }
    }
    return i == cell.count
  }

  private static func skipDigits(in cell: Swift.Span<UInt8>, at i: inout Int) -> Int {
    let start = i
    while i < cell.count, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(cell[i]) { i += 1 }
    return i - start
  }

  /// Decodes the scalar that begins at an offset. `length` is in bytes.
  private static func decode(_ i: Int, in cell: Swift.Span<UInt8>) -> (scalar: Unicode.Scalar, length: Int) {
    let first = cell[i]
    let length = first < 0xC0 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4
    guard i + length <= cell.count else { return ("\u{FFFD}", cell.count - i) }
    var value = length == 1 ? UInt32(first) : UInt32(first & (0x7F >> UInt8(length)))
    for offset in 1..<max(length, 1) { value = value << 6 | UInt32(cell[i + offset] & 0x3F) }
    return (Unicode.Scalar(value) ?? "\u{FFFD}", length)
  }
}
