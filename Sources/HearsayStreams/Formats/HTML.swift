internal import Hearsay

extension InputFormat {
  /// A page.
  public static let html = InputFormat(
    "html", extensions: ["html", "htm", "xhtml"], "A file is a page.", recognizes: HTMLFormat.recognizes,
    recordFormat: { _, settings, _ in HTMLFormat(charset: settings.encoding) })
}

/// A file is a page.
struct HTMLFormat: RecordFormat {
  static var layout: RecordLayout { .wholeFile }
  private static let openings = [
    "!doctype html", "!--", "?xml", "html", "head", "body", "title", "meta", "div", "article", "p>",
  ]

  /// The encoding of bytes that are not UTF-8; `nil` where the page declares it or it is detected.
  var charset: String?

  static func recognizes(_ head: Swift.Span<UInt8>) -> Bool {
    guard head.firstSignificantByte == UInt8(ascii: "<") else { return false }
    let opening = head.normalizedHead.dropFirst()
    return openings.contains { opening.starts(with: $0.utf8) }
  }

  func document(from record: Swift.Span<UInt8>, at place: RecordPlace) throws(InputError) -> Document {
    try wholeFileDocument(record, as: .html, charset: charset, at: place)
  }
}
