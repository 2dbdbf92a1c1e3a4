internal import Hearsay

/// Determines how a file is read: by the settings, by its name, or by its first bytes.
///
/// It is a class because the reader copies the splitter of a file at each step: the copies share all that is constant.
final class FormatDetector: Sendable {
  let path: String
  let settings: InputSettings
  let origin: Origin
  private let layers: [any Layer.Type]
  /// The format by the settings, or by the file's name.
  private let namedFormat: InputFormat?

  init(path: String, settings: InputSettings, layers: [any Layer.Type], origin: Origin) {
    self.path = path
    self.settings = settings
    self.layers = layers
    self.origin = origin
    namedFormat = settings.format ?? InputFormats.format(extensionOf: path)
  }

  /// How many bytes are examined.
  static let headBytes = 4096

  /// Where the bytes come from, which limits what they may be.
  enum Origin: Sendable {
    /// An input of its own, which may be an archive.
    case input
    /// A file in an archive. An archive in an archive is not read.
    case archive
    /// A stream of lines, each of which is read or fails by itself whatever the first bytes look like.
    case plainLines
  }

  enum Detection {
    /// More bytes are needed.
    case undecided
    case archive
    case format(any RecordFormat)
  }

  /// The layout that the settings or the name suggest, before any byte is read. The first bytes may show another one.
  var expectedLayout: RecordLayout { namedFormat?.layout ?? .delimited }

  /// What a file is.
  ///
  /// - Parameters:
  ///   - bytes: The bytes that were read.
  ///   - size: The length of the file; `nil` where it is unknown, as of a pipe.
  ///   - isComplete: Whether no more bytes can be read.
  func detect(_ bytes: Swift.Span<UInt8>, ofFileOf size: Int?, isComplete: Bool) -> Detection {
    let head = bytes.extracting(0..<min(bytes.count, Self.headBytes))
    guard isComplete || suffices(head, isWholeFile: size.map { bytes.count >= $0 }) else { return .undecided }
    if origin == .input, ArchiveKind(of: head) != nil { return .archive }
    let format = namedFormat ?? InputFormats.format(lookingLike: head)
    return .format(format.recordFormat(head, settings, layers))
  }

  /// Whether the format can be determined by these first bytes.
  ///
  /// Of a file, the same bytes are always examined, whatever the size of the reads. Of a pipe, a line is enough, unless
  /// it may be the header of an archive: more may take long to come.
  ///
  /// - Parameter isWholeFile: Whether these are all bytes of the file; `nil` where its length is unknown.
  private func suffices(_ head: Swift.Span<UInt8>, isWholeFile: Bool?) -> Bool {
    // Only a byte order mark matters before lines that are read as they are.
    if origin == .plainLines {
      return !byteOrderMark.dropLast().starts(with: [UInt8](copying: head, 0..<min(head.count, 3)))
    }
    if head.count >= Self.headBytes || isWholeFile == true { return true }
    guard isWholeFile == nil, head.offset(of: UInt8(ascii: "\n"), from: 0) != nil else { return false }
    return head.count >= ArchiveKind.headBytes || head.offset(of: 0, from: 0) == nil
  }
}

extension RecordFormat {
  /// Why a file that begins with these bytes cannot be read in this format; `nil` where it can.
  func validationError(in head: Swift.Span<UInt8>, _ path: String) -> InputError? {
    // Each record states what it holds.
    guard Self.layout != .lengthPrefixed else { return nil }
    if let binary = BinaryKind(of: head, hasManyRecords: Self.layout.hasManyRecords) {
      return .binary(binary, RecordPlace(path: path))
    }
    guard Self.layout.hasManyRecords else { return nil }
    if let encoding = head.wideEncoding { return .wrongEncoding(path, encoding) }
    return Self.formatError(in: head, path)
  }
}

extension Swift.Span<UInt8> {
  /// The offset of the first byte that is not white space, after a byte order mark.
  private var significantStart: Int {
    var i = starts(with: byteOrderMark) ? byteOrderMark.count : 0
    while i < count, self[i].isSpace { i += 1 }
    return i
  }

  /// The first byte that is not white space, after a byte order mark.
  var firstSignificantByte: UInt8? {
    let start = significantStart
    return start < count ? self[start] : nil
  }

  /// The first bytes in lower case, without a byte order mark and white space: formats are recognized by them.
  var normalizedHead: [UInt8] {
    let start = significantStart
    let head = [UInt8](copying: self, start..<Swift.min(start + 512, count))
    return head.map { (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains($0) ? $0 | 0x20 : $0 }
  }
}

extension InputError {
  static func wrongEncoding(_ path: String, _ encoding: String) -> Self {
    Self(
      .encoding, path, "is \(encoding.uppercased()), and only UTF-8 is read here",
      hint: "convert it: iconv -f \(encoding) -t utf-8")
  }
}
