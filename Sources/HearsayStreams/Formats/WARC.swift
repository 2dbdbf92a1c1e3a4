internal import Hearsay
internal import HearsayCompression

extension InputFormat {
  /// Web archives.
  public static let warc = InputFormat(
    "warc", extensions: ["warc"], isMostlyDocuments: false, "A page that was fetched is a document.",
    recognizes: { $0.starts(with: WARCFormat.version) },
    recordFormat: { _, settings, _ in WARCFormat(maxDocumentBytes: settings.maxDocumentBytes) })
}

/// A page that was fetched is a document (WARC 1.0 and 1.1, ISO 28500): the body of a `response` or `resource` record.
///
/// All other records are left out and counted: requests, metadata, repeats (`revisit`), responses with an error status,
/// and payloads that are not text.
struct WARCFormat: RecordFormat {
  static var layout: RecordLayout { .lengthPrefixed }
  let maxDocumentBytes: Int

  fileprivate static let version = Array("WARC/".utf8)
  private static let separator = Array("\r\n\r\nWARC/".utf8)

  // MARK: Splitting

  /// The end of a record that does not state its length: the beginning of the next one.
  func endOfRecord(in bytes: Swift.Span<UInt8>, from start: Int, after scan: inout RecordScan) -> Int? {
    if !scan.lacksHeader {
      let header = HeaderBlock(in: bytes, from: start)
      guard header != nil || bytes.count - start > HeaderBlock.maximumBytes,
        header.flatMap({ Self.length(of: $0) }) == nil
      else { return nil }
      scan.lacksHeader = true
    }
    var position = start + scan.count
    while let hit = bytes.offset(of: UInt8(ascii: "\r"), from: position) {
      if bytes.extracting(hit..<bytes.count).starts(with: Self.separator) { return hit + 4 }
      position = hit + 1
    }
    // The last bytes may be the first ones of a separator.
    scan.count = max(scan.count, bytes.count - start - Self.separator.count)
    return nil
  }

  func recordHeader(in bytes: Swift.Span<UInt8>, from start: Int, after scan: inout RecordScan) -> RecordHeader? {
    guard !scan.lacksHeader else { return nil }
    // A header that was incomplete before is still incomplete without another line break.
    let isShort = bytes.count - start <= HeaderBlock.maximumBytes
    if isShort, scan.headerCount > 0, bytes.offset(of: UInt8(ascii: "\n"), from: start + scan.headerCount) == nil {
      return nil
    }
    scan.headerCount = bytes.count - start
    return recordHeader(in: bytes, from: start)
  }

  private func recordHeader(in bytes: Swift.Span<UInt8>, from start: Int) -> RecordHeader? {
    guard let header = HeaderBlock(in: bytes, from: start), let length = Self.length(of: header) else { return nil }
    // With the two line breaks after the body, which the last record may lack.
    let (end, overflow) = (header.end - start).addingReportingOverflow(length + 4)
    guard !overflow else { return nil }
    let bodyEnd = min(header.end + length, bytes.count)
    let isComplete = header.end + length <= bytes.count
    switch header["warc-type"]?.lowercased() {
    case "response", "resource": break
    case let type: return RecordHeader(byteCount: end, omittedKind: "records of type '\(type ?? "none")'")
    }
    let payload = Payload(of: header, in: bytes.extracting(0..<bodyEnd))
    if payload == nil, !isComplete, bodyEnd - header.end <= HeaderBlock.maximumBytes { return nil }
    return RecordHeader(byteCount: end, omittedKind: payload.flatMap(\.omittedKind))
  }

  private static func length(of header: HeaderBlock) -> Int? {
    guard header.start.hasPrefix("WARC/"), let length = header["content-length"].flatMap({ Int($0) }),
      (0..<Int.max / 2).contains(length)
    else { return nil }
    return length
  }

  // MARK: Documents

  func document(from record: Swift.Span<UInt8>, at place: RecordPlace) throws(InputError) -> Document {
    guard let header = HeaderBlock(in: record, from: 0), let length = Self.length(of: header) else {
      throw .noWARC(place)
    }
    let url = header["warc-target-uri"].map { $0.trimmingBrackets }
    guard header.end + length <= record.count else { throw .cutOffRecord(url, place) }
    guard let payload = Payload(of: header, in: record.extracting(0..<header.end + length)) else {
      throw .badPayload("it holds no HTTP message", url, place)
    }
    var body = [UInt8](copying: record, payload.start..<header.end + length)
    do {
      body = try payload.decoded(body, atMost: maxDocumentBytes)
    } catch {
      throw .badPayload("\(error)", url, place)
    }
    guard body.count <= maxDocumentBytes else { throw .tooLarge(place.path, line: place.line, maxDocumentBytes) }
    if let kind = BinaryKind(of: body.span) { throw .binary(kind, place) }
    let isPage =
      payload.type.name.isEmpty
      ? InputFormats.format(lookingLike: body.span) == .html : payload.type.name != "text/plain"
    let decoded = DecodedText(body.span, declared: payload.type.charset, isMarkup: isPage)
    var document = Document(
      id: header["warc-record-id"].map { $0.trimmingBrackets } ?? place.fallbackID, utf8: decoded.utf8,
      content: isPage ? .html : .text)
    if let url { document.metadata["url"] = .string(url) }
    // Not `date`, which is the day of publication, for `clean` to find.
    if let date = header["warc-date"] { document.metadata["crawled"] = .string(date) }
    if !payload.type.name.isEmpty { document.metadata["content_type"] = .string(payload.type.name) }
    decoded.note(in: &document)
    return document
  }
}

private struct PayloadError: Error, CustomStringConvertible {
  let description: String
}

/// The part of a record that the crawler asked for, and its transfer encodings.
private struct Payload {
  /// The offset of its first byte.
  let start: Int
  let type: MediaType
  private var status = 200
  private var isChunked = false
  private var codings: [String] = []

  /// - Parameter bytes: Up to the end of the record's body, as far as it was read.
  init?(of header: HeaderBlock, in bytes: Swift.Span<UInt8>) {
    let kind = header["content-type"].map(MediaType.init)?.name ?? ""
    guard kind == "application/http" || kind.isEmpty && header["warc-type"]?.lowercased() == "response" else {
      start = header.end
      type = MediaType(header["content-type"] ?? "")
      return
    }
    guard let http = HeaderBlock(in: bytes, from: header.end), http.start.hasPrefix("HTTP/") else { return nil }
    start = http.end
    type = MediaType(http["content-type"] ?? "")
    let words = http.start.split(separator: " ")
    status = words.count > 1 ? Int(words[1]) ?? 200 : 200
    isChunked = http["transfer-encoding"]?.lowercased().contains("chunked") ?? false
    codings = (http["content-encoding"] ?? "").lowercased().split(separator: ",").map { $0.trimmedSpaces }
  }

  /// What it is, in the plural, where it is not read.
  var omittedKind: String? {
    guard (200..<300).contains(status) else { return "responses with status \(status)" }
    switch type.name {
    case "", "text/html", "application/xhtml+xml", "text/plain": return nil
    default: return "records of \(type.name)"
    }
  }

  /// The body without its transfer encodings.
  func decoded(_ body: [UInt8], atMost most: Int) throws -> [UInt8] {
    // Crawlers often join the chunks and leave the header field as it was.
    var body = isChunked ? body.withoutChunks ?? body : body
    for coding in codings.reversed() {
      switch coding {
      case "", "identity": break
      case "gzip", "x-gzip":
        if body.starts(with: [0x1F, 0x8B]) { body = try inflated(body, .gzip, atMost: most) }
      case "deflate":
        let isWrapped = body.count > 1 && body[0] & 0x0F == 8 && (Int(body[0]) << 8 | Int(body[1])) % 31 == 0
        body = try inflated(body, isWrapped ? .zlib : .none, atMost: most)
      default:
        guard BinaryKind(of: body.span) != nil || !body.isValidUTF8 else { break }
        throw PayloadError(description: "its content encoding '\(coding)' is not read here")
      }
    }
    return body
  }

  private func inflated(_ body: [UInt8], _ wrapper: Inflater.Wrapper, atMost most: Int) throws -> [UInt8] {
    var inflater = try Inflater(wrapper)
    var bytes: [UInt8] = []
    // One byte more than the maximum shows that the body is too large.
    _ = try inflater.decompress(body.span, into: &bytes, atMost: most == .max ? most : most + 1)
    guard inflater.isAtEnd || bytes.count > most else { throw CompressionError.truncated("gzip") }
    return bytes
  }
}

extension [UInt8] {
  /// The body of a chunked HTTP message (RFC 9112); `nil` where the bytes are not chunks.
  fileprivate var withoutChunks: [UInt8]? {
    var body: [UInt8] = []
    var position = 0
    while let end = span.offset(of: UInt8(ascii: "\n"), from: position) {
      let line = String(decoding: self[position..<end], as: UTF8.self)
      let digits = line.prefix { $0.isHexDigit }
      let rest = line.dropFirst(digits.count).first
      guard let size = Int(digits, radix: 16), rest == nil || rest == ";" || rest?.isWhitespace == true else {
        return nil
      }
      if size == 0 { return body }
      let start = end + 1
      guard size <= count - start else {
        // The last chunk of a truncated page.
        return body + self[start...]
      }
      body += self[start..<start + size]
      position = start + size
      while position < count, self[position] == 0x0D || self[position] == 0x0A { position += 1 }
    }
    return position == count ? body : nil
  }
}

extension String {
  fileprivate var trimmingBrackets: String { hasPrefix("<") && hasSuffix(">") ? String(dropFirst().dropLast()) : self }
}

extension InputError {
  fileprivate static func noWARC(_ place: RecordPlace) -> Self {
    Self(.malformed, place.path, line: place.line, "record \(place.number ?? 0) has no WARC head with a length")
  }
  fileprivate static func cutOffRecord(_ url: String?, _ place: RecordPlace) -> Self {
    Self(.damaged, place.path, line: place.line, "the record\(url.map { " of \($0)" } ?? "") is cut off")
  }
  fileprivate static func badPayload(_ problem: String, _ url: String?, _ place: RecordPlace) -> Self {
    Self(
      .malformed, place.path, line: place.line, "the record\(url.map { " of \($0)" } ?? "") cannot be read: \(problem)")
  }
}
