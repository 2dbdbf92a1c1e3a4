internal import Hearsay

/// A kind of file that is not text.
struct BinaryKind: Hashable, Sendable {
  let name: String
  let hint: String

  private init(_ name: String, hint: String) {
    self.name = name
    self.hint = hint
  }

  private static let extract = "extract its text first"
  private static let unpack = "decompress it first"
  private static let signatures: [(bytes: [UInt8], kind: BinaryKind)] = [
    ([0x1F, 0x8B], BinaryKind("gzip", hint: unpack)),
    ([0x28, 0xB5, 0x2F, 0xFD], BinaryKind("Zstandard", hint: unpack)),
    ([0xFD, 0x37, 0x7A, 0x58, 0x5A, 0x00], BinaryKind("xz", hint: unpack)),
    ([0x42, 0x5A, 0x68, 0x39], BinaryKind("bzip2", hint: unpack)),
    ([0x50, 0x4B, 0x03, 0x04], BinaryKind("an office document or an archive in an archive", hint: extract)),
    ([0xD0, 0xCF, 0x11, 0xE0], BinaryKind("an office document", hint: extract)),
    (Array("%PDF-".utf8), BinaryKind("PDF", hint: extract)),
    ([0x89, 0x50, 0x4E, 0x47], BinaryKind("a PNG image", hint: "leave it out")),
    ([0xFF, 0xD8, 0xFF], BinaryKind("a JPEG image", hint: "leave it out")),
    (Array("GIF8".utf8), BinaryKind("a GIF image", hint: "leave it out")),
    ([0x7F, 0x45, 0x4C, 0x46], BinaryKind("a program", hint: "leave it out")),
  ]

  /// The kind that the first bytes of a file indicate; `nil` where they look like text in some encoding.
  ///
  /// - Parameter hasManyRecords: Whether the file holds many records: then a NUL is a mistake in one of them.
  init?(of bytes: Swift.Span<UInt8>, hasManyRecords: Bool = false) {
    if let known = Self.signatures.first(where: { bytes.starts(with: $0.bytes) }) {
      self = known.kind
      return
    }
    let isUTF32 = bytes.starts(with: [0, 0, 0xFE, 0xFF])
    guard !isUTF32, UTF16Order(of: bytes) == nil, TextEncoding(zerosIn: bytes) == nil else { return nil }
    let examined = min(bytes.count, 8192)
    var controls = 0
    for i in 0..<examined {
      let byte = bytes[i]
      if byte == 0, !hasManyRecords {
        let hint = "leave it out, or convert it to UTF-8 if it is UTF-16"
        self.init("byte \(i) is NUL", hint: hint)
        return
      }
      // Backspace, tab, line and page breaks and escape occur in texts.
      if byte == 0x7F || byte < 0x20 && !(0x08...0x0D).contains(byte) && byte != 0x1B { controls += 1 }
    }
    guard controls * 10 > examined * 3 else { return nil }
    self.init("\(controls) of its first \(examined) bytes are control characters", hint: "leave it out")
  }
}

extension InputError {
  static func binary(_ kind: BinaryKind, _ place: RecordPlace) -> Self {
    Self(.binary, place.path, line: place.line, "looks like binary (\(kind.name))", hint: kind.hint)
  }
}
