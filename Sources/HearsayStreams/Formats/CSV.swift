internal import Hearsay

extension InputFormat {
  /// CSV and TSV. It is known by its name only: a text may begin with a row of words and commas.
  public static let csv = InputFormat(
    "csv", extensions: ["csv", "tsv"], "A row is a document; the first row names the columns.",
    recordFormat: { head, settings, _ in
      CSVFormat(fields: settings.fields, charset: settings.encoding, head: head)
    })
}

/// A row is a document (RFC 4180): one column is its text, one its id, the others are metadata.
struct CSVFormat: RecordFormat {
  static var layout: RecordLayout { .delimited }
  private static let quote = UInt8(ascii: "\"")
  private static let mostColumns = 1000

  private let delimiter: UInt8
  private let fields: FieldNames
  private let charset: String?
  private var columns: [Column]?
  private(set) var recordPrefix: [UInt8] = []

  /// What a column becomes.
  private enum Column: Sendable, Equatable {
    case text, html, id
    case metadata(String)
  }

  /// - Parameter head: The first bytes of the file, by which the delimiter is detected.
  init(fields: FieldNames, charset: String? = nil, head: Swift.Span<UInt8>) {
    self.fields = fields
    self.charset = charset
    delimiter = Self.delimiter(of: head)
  }

  /// The most frequent of `,`, `;` and tab in the first line, outside quotation marks.
  private static func delimiter(of bytes: Swift.Span<UInt8>) -> UInt8 {
    var counts = [(",", 0), (";", 0), ("\t", 0)].map { (byte: Unicode.Scalar($0.0)?.utf8.first ?? 0x2C, count: $0.1) }
    var isQuoted = false
    for i in 0..<min(bytes.count, 65_536) {
      let byte = bytes[i]
      if byte == quote { isQuoted.toggle() }
      if byte == UInt8(ascii: "\n"), !isQuoted { break }
      if !isQuoted, let index = counts.firstIndex(where: { $0.byte == byte }) { counts[index].count += 1 }
    }
    return counts.reduce(counts[0]) { $1.count > $0.count ? $1 : $0 }.byte
  }

  func endOfRecord(in bytes: Swift.Span<UInt8>, from start: Int, after scan: inout RecordScan) -> Int? {
    // Invariant: `bytes[start..<i]` belongs to the row, and `field` states what the byte at `i` belongs to.
    var i = start + scan.count
    var field = scan.field
    search: while i < bytes.count {
      if field == .start, bytes[i] == Self.quote {
        field = .quoted
        i += 1
      }
      while field == .quoted {
        guard let mark = bytes.offset(of: Self.quote, from: i) else {
          i = bytes.count
          break search
        }
        i = mark
        // The next byte determines whether the mark ends the value: a doubled one stands for itself.
        guard mark + 1 < bytes.count else { break search }
        if bytes[mark + 1] == Self.quote {
          i += 2
        } else {
          i += 1
          field = .plain
        }
      }
      if bytes[i] == UInt8(ascii: "\n") { return i + 1 }
      field = bytes[i] == delimiter ? .start : .plain
      i += 1
    }
    scan.count = i - start
    scan.field = field
    return nil
  }

  // MARK: Header

  var needsHeader: Bool { columns == nil }

  func applying(header: Swift.Span<UInt8>, at place: RecordPlace) throws(InputError) -> any RecordFormat {
    let names = try values(of: header, at: place).map { name in
      String(decoding: DecodedText(name.span, declared: charset).utf8, as: UTF8.self).trimmed
    }
    guard names.count <= Self.mostColumns else { throw .tooManyColumns(names.count, Self.mostColumns, place) }
    var columns = names.map { Column.metadata($0) }
    func take(_ wanted: String?, or defaults: [String], as column: Column) throws(InputError) {
      for name in wanted.map({ [$0] }) ?? defaults {
        // An exact match takes precedence over one that differs by case.
        let index = names.firstIndex(of: name) ?? names.firstIndex { $0.lowercased() == name.lowercased() }
        if let index, case .metadata = columns[index] {
          columns[index] = column
          return
        }
      }
      if let wanted { throw .noColumn([wanted], names, place) }
    }
    if fields.html == nil { try take(fields.text, or: ["text", "body", "content"], as: .text) }
    if !columns.contains(.text) { try take(fields.html, or: ["html"], as: .html) }
    try take(fields.id, or: ["id"], as: .id)
    guard columns.contains(where: { $0 == .text || $0 == .html }) else {
      throw .noColumn(["text", "body", "content", "html"], names, place)
    }
    var format = self
    format.columns = columns
    format.recordPrefix = [UInt8](copying: header, 0..<header.count)
    if format.recordPrefix.last != UInt8(ascii: "\n") { format.recordPrefix.append(UInt8(ascii: "\n")) }
    return format
  }

  // MARK: Rows

  func document(from record: Swift.Span<UInt8>, at place: RecordPlace) throws(InputError) -> Document {
    let columns = columns ?? []
    let values = try values(of: record, at: place)
    guard values.count <= columns.count else { throw .tooManyValues(values.count, columns.count, place) }
    var id: String?
    var text = DecodedText()
    var content = Document.Content.text
    var metadata: [JSONValue.Member] = []
    for (column, value) in zip(columns, values) where !value.isEmpty {
      switch column {
      case .text: text = DecodedText(value.span, declared: charset)
      case .html:
        text = DecodedText(value.span, declared: charset)
        content = .html
      case .id: id = String(decoding: DecodedText(value.span, declared: charset).utf8, as: UTF8.self)
      case .metadata(let name):
        let value = String(decoding: DecodedText(value.span, declared: charset).utf8, as: UTF8.self)
        metadata.append(JSONValue.Member(name, .string(value)))
      }
    }
    var document = Document(id: id ?? place.fallbackID, utf8: text.utf8, content: content, metadata: Metadata(metadata))
    text.note(in: &document)
    return document
  }

  /// The values of a row, unquoted.
  private func values(of record: Swift.Span<UInt8>, at place: RecordPlace) throws(InputError) -> [[UInt8]] {
    var end = record.count
    if end > 0, record[end - 1] == UInt8(ascii: "\n") { end -= 1 }
    if end > 0, record[end - 1] == UInt8(ascii: "\r") { end -= 1 }
    var values: [[UInt8]] = []
    var i = 0
    while true {
      var value: [UInt8] = []
      if i < end, record[i] == Self.quote {
        i += 1
        while true {
          guard let mark = record.offset(of: Self.quote, from: i), mark < end else { throw .openQuote(place) }
          value.append(copying: record, i..<mark)
          i = mark + 1
          guard i < end, record[i] == Self.quote else { break }
          value.append(Self.quote)
          i += 1
        }
      }
      // Also what follows a closing quotation mark, in violation of RFC 4180.
      let start = i
      while i < end, record[i] != delimiter { i += 1 }
      value.append(copying: record, start..<i)
      values.append(value)
      guard i < end else { return values }
      i += 1
    }
  }
}

extension String {
  fileprivate var trimmed: String {
    var view = self[...].unicodeScalars
    while view.first?.properties.isWhitespace == true { view.removeFirst() }
    while view.last?.properties.isWhitespace == true { view.removeLast() }
    return String(view)
  }
}

extension InputError {
  static func openQuote(_ place: RecordPlace) -> Self {
    Self(
      .malformed, place.path, line: place.line, "a quotation mark in the row that begins here is never closed",
      hint: "close it, or double it if it stands for itself")
  }
  static func tooManyValues(_ found: Int, _ columns: Int, _ place: RecordPlace) -> Self {
    Self(
      .malformed, place.path, line: place.line, "the row has \(found) values, the header names \(columns) columns",
      hint: "put values that hold the delimiter in quotation marks")
  }
  static func noColumn(_ wanted: [String], _ names: [String], _ place: RecordPlace) -> Self {
    let wanted = wanted.map { "'\($0)'" }.joined(separator: ", ")
    let names = names.prefix(20).map { "'\($0)'" }.joined(separator: ", ")
    return Self(
      .malformed, place.path, line: place.line, "the header names no column \(wanted), only \(names)",
      hint: "name the text's column in the input settings, such as 'fields: { text: story }'")
  }
  static func tooManyColumns(_ found: Int, _ limit: Int, _ place: RecordPlace) -> Self {
    Self(.malformed, place.path, line: place.line, "the header names \(found) columns; at most \(limit) are read")
  }
}
