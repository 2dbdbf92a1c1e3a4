/// The encoding that web pages are misread in.
enum Windows1252 {
  /// The code points of bytes 0x80 to 0x9F; zero for the five that stand for nothing.
  private static let specials: [UInt32] = [
    0x20AC, 0, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0, 0x017D, 0,
    0, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0, 0x017E,
    0x0178,
  ]

  /// The code point that `byte` stands for; `nil` for the five that stand for none.
  static func scalar(of byte: UInt8) -> UInt32? {
    guard (0x80..<0xA0).contains(byte) else { return UInt32(byte) }
    let value = specials[Int(byte) - 0x80]
    return value == 0 ? nil : value
  }

  /// The byte that was misread as the code point. A C1 control counts as the byte of its number, which is how
  /// Latin-1 reads it.
  static func byte(of scalar: UInt32) -> UInt8? {
    if scalar < 0x100 { return UInt8(scalar) }
    for k in 0..<32 where specials[k] == scalar { return UInt8(0x80 + k) }
    return nil
  }
}
