internal import Hearsay

/// Telling what a file is by its first bytes.
enum FormatDetection {
  /// How many bytes are looked at.
  static let headBytes = 4096

  /// Whether a format can be told by these first bytes, and no more need be waited for.
  ///
  /// Of a file, the same bytes are always looked at, whatever the size of the reads. Of a pipe, a line is enough, unless
  /// it may be the head of an archive: more may be long in coming.
  ///
  /// - Parameter isWhole: Whether these are all bytes of the file; `nil` where its length cannot be told, as of a pipe.
  static func suffices(_ head: Swift.Span<UInt8>, ofWholeFile isWhole: Bool?) -> Bool {
    if head.count >= headBytes || isWhole == true { return true }
    guard isWhole == nil, head.firstOffset(of: UInt8(ascii: "\n"), from: 0) != nil else { return false }
    return head.count >= ArchiveKind.headBytes || head.firstOffset(of: 0, from: 0) == nil
  }
}

extension InputSettings {
  /// The format of a file that begins with these bytes: as set, or as its name says, or as it looks.
  func documentFormat(
    of head: Swift.Span<UInt8>, _ path: String, _ layers: [any Layer.Type]
  ) -> any DocumentFormat {
    var kind = format
    if kind == .auto { kind = InputFormat(extensionOf: path) ?? InputFormat(lookingAt: head) }
    return switch kind {
    case .text, .auto: TextFormat(charset: encoding)
    case .html: HTMLFormat(charset: encoding)
    case .warc: WARCFormat(maxDocumentBytes: maxDocumentBytes)
    case .jsonl: JSONLFormat(fields: fields, layers: layers)
    case .csv: CSVFormat(fields: fields, charset: encoding, beginning: head)
    }
  }
}

extension DocumentFormat {
  /// Why a file that begins with these bytes cannot be read in this format; `nil` where it may be.
  func mistake(in head: Swift.Span<UInt8>, _ path: String) -> InputError? {
    guard !announces else { return nil }
    if let binary = BinaryKind(of: head, isContainer: Self.isContainer) {
      return .binary(binary, RecordPlace(path: path))
    }
    guard Self.isContainer else { return nil }
    if let encoding = head.wideEncoding { return .wrongEncoding(path, encoding) }
    return self is JSONLFormat && head.looksLikeArray ? .array(path) : nil
  }
}

extension InputFormat {
  /// The format that the first bytes of a file look like.
  init(lookingAt bytes: Swift.Span<UInt8>) {
    if WARCFormat.isMeant(by: bytes) {
      self = .warc
      return
    }
    let head = bytes.beginning
    switch head.first {
    case UInt8(ascii: "[") where bytes.looksLikeArray: self = .jsonl
    case UInt8(ascii: "{"): self = .jsonl
    case UInt8(ascii: "<"):
      let openings = ["!doctype html", "!--", "?xml", "html", "head", "body", "title", "meta", "div", "article", "p>"]
      let isMarkup = openings.contains { head.dropFirst().starts(with: $0.utf8) }
      self = isMarkup ? .html : .text
    default: self = .text
    }
  }
}

extension Swift.Span<UInt8> {
  /// The first bytes in lower case, without a byte order mark and white space.
  fileprivate var beginning: [UInt8] {
    var i = starts(with: byteOrderMark) ? byteOrderMark.count : 0
    while i < count, self[i].isSpace { i += 1 }
    let head = [UInt8](copying: self, i..<Swift.min(i + 512, count))
    return head.map { (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains($0) ? $0 | 0x20 : $0 }
  }

  /// Whether the file is JSON objects in an array, which many tools write, and not JSON Lines.
  var looksLikeArray: Bool {
    let head = beginning
    return head.first == UInt8(ascii: "[") && head.dropFirst().first { !$0.isSpace } == UInt8(ascii: "{")
  }
}

extension InputError {
  static func array(_ path: String) -> Self {
    Self(.malformed, path, "is one JSON array, not an object a line", hint: "convert it: jq -c '.[]'")
  }
  static func wrongEncoding(_ path: String, _ encoding: String) -> Self {
    Self(
      .encoding, path, "is \(encoding.uppercased()), and only UTF-8 is read here",
      hint: "convert it: iconv -f \(encoding) -t utf-8")
  }
}
