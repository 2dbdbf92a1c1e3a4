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

  /// Whether the scalar of two or three bytes that begins with these is an upper-case letter, as Unicode has it.
  static func isUpperWide(_ lead: UInt8, _ second: UInt8, _ third: UInt8) -> Bool {
    switch lead {
    case 0xC2...0xDF: return upperCase[Int(lead - 0xC2)] >> UInt64(second & 0x3F) & 1 == 1
    // Latin Extended Additional and Greek Extended. No other script of three bytes that the press writes has two cases.
    case 0xE1 where second >= 0xB8:
      let value = 0x1000 | UInt32(second & 0x3F) << 6 | UInt32(third & 0x3F)
      return Unicode.Scalar(value)?.properties.isUppercase ?? false
    default: return false
    }
  }

  /// For each lead of two bytes, from 0xC2 on, which of its 64 scalars are upper-case.
  private static let upperCase: [UInt64] = (UInt32(0xC2)...0xDF).map { lead in
    (UInt32(0)..<64).reduce(0) { bits, low in
      let isUpper = Unicode.Scalar((lead & 0x1F) << 6 | low)?.properties.isUppercase ?? false
      return isUpper ? bits | 1 << UInt64(low) : bits
    }
  }
}
