/// What a byte can begin.
enum ByteClass: UInt8 {
  case space, letter, digit, apostrophe, mark
  /// The lead of a scalar of two bytes or more.
  case wide

  @inline(__always)
  static func of(_ byte: UInt8) -> ByteClass {
    let folded = byte | 0x20
    if folded >= UInt8(ascii: "a"), folded <= UInt8(ascii: "z") { return .letter }
    if byte >= 0x80 { return .wide }
    if byte >= UInt8(ascii: "0"), byte <= UInt8(ascii: "9") { return .digit }
    if byte == UInt8(ascii: "'") { return .apostrophe }
    return byte <= 0x20 ? .space : .mark
  }

  /// Whether a letter of two bytes is upper-case: Latin-1, Latin Extended-A, Greek, Cyrillic.
  static func isUpperWide(_ lead: UInt8, _ second: UInt8) -> Bool {
    switch lead {
    case 0xC3: second >= 0x80 && second <= 0x9E
    case 0xC4, 0xC5: second & 1 == 0
    case 0xCE: second >= 0x86 && second <= 0xAB
    case 0xD0: second <= 0xAF
    case 0xD4: second >= 0xB1
    case 0xD5: second <= 0x96
    default: false
    }
  }
}

extension UInt8 {
  /// The length of the scalar that this byte leads; 1 for a byte that leads none.
  @inlinable public var utf8Length: Int { self < 0xC0 ? 1 : self < 0xE0 ? 2 : self < 0xF0 ? 3 : 4 }
}
