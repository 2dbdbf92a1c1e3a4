import HearsayText

/// An encoding of one byte a character that UTF-8 is misread as.
struct Codepage: Sendable {
  let name: String
  /// The code points of bytes 0x80 to 0xFF; 0 for those that stand for nothing.
  private let scalars: [UInt32]
  private let bytes: [UInt32: UInt8]

  /// What pages are written in that say nothing else.
  static let westernName = "windows-1252"

  /// The encodings of a data file: a line each, its name and 128 code points.
  static func all(_ resource: [UInt8]) -> [Codepage] {
    dataLines(resource).compactMap { line in
      let parts = line.split(separator: 0x20).map { String(decoding: $0, as: UTF8.self) }
      guard parts.count == 129 else { return nil }
      return Codepage(name: parts[0], scalars: parts.dropFirst().map { UInt32($0, radix: 16) ?? 0 })
    }
  }

  init(name: String, scalars: [UInt32]) {
    self.name = name
    self.scalars = scalars + Array(repeating: 0, count: max(0, 128 - scalars.count))
    var bytes: [UInt32: UInt8] = [:]
    for (index, scalar) in scalars.enumerated() where scalar != 0 { bytes[scalar] = UInt8(0x80 + index) }
    self.bytes = bytes
  }

  /// The code point that `byte` stands for; `nil` for the few that stand for none.
  func scalar(of byte: UInt8) -> UInt32? {
    guard byte >= 0x80 else { return UInt32(byte) }
    let value = scalars[Int(byte) - 0x80]
    return value == 0 ? nil : value
  }

  /// The byte that was misread as the code point. A C1 control counts as the byte of its number, which is how Latin-1, and
  /// many a reader of the others, takes what stands for nothing.
  func byte(of scalar: UInt32) -> UInt8? {
    if scalar < 0x80 { return UInt8(scalar) }
    return bytes[scalar] ?? (scalar < 0xA0 ? UInt8(scalar) : nil)
  }
}
