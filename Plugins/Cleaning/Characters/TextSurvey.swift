/// What kinds of byte a text holds: found in one pass, so that repairs without a candidate are never begun.
struct TextSurvey {
  /// An `&`: a character reference may be left.
  private(set) var hasAmpersand = false
  private(set) var hasHigh = false
  /// A tab, a carriage return or any other control character.
  private(set) var hasControl = false
  /// White space beside white space that is no plain blank line, or at either end.
  private(set) var hasLooseSpace = false

  private static let table: InlineArray<256, UInt8> = {
    var table = InlineArray<256, UInt8>(repeating: 0)
    for b in 0..<0x20 { table[b] = control }
    for b in 0x80...0xFF { table[b] = high }
    table[0x7F] = control
    table[0x20] = space
    table[0x0A] = newline
    table[0x26] = ampersand
    return table
  }()
  private static let ampersand: UInt8 = 1
  private static let high: UInt8 = 2
  private static let control: UInt8 = 4
  private static let space: UInt8 = 8
  private static let newline: UInt8 = 16

  init(_ text: Swift.Span<UInt8>) {
    let table = Self.table
    var seen: UInt8 = 0
    var loose: UInt8 = 0
    var last: UInt8 = 0
    var beforeLast: UInt8 = 0
    for i in text.indices {
      let kind = table[Int(text[i])]
      seen |= kind
      // A space beside a space or a newline, on either side; or a third newline.
      loose |= (last & kind) | (last >> 1 & kind) | (kind >> 1 & last)
      loose |= (last & beforeLast & kind & Self.newline) << 1
      beforeLast = last
      last = kind
    }
    hasAmpersand = seen & Self.ampersand != 0
    hasHigh = seen & Self.high != 0
    hasControl = seen & Self.control != 0
    hasLooseSpace =
      loose & (Self.space | Self.newline << 1) != 0 || text.byte(0).isBlank || text.byte(text.count - 1).isBlank
  }
}
