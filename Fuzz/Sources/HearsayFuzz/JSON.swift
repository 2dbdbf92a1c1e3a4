import Hearsay

extension FuzzTarget {
  /// A line of JSON Lines: what is taken is written and read again alike.
  static let json = FuzzTarget(name: "json") { bytes in
    let decoder = DocumentDecoder(layers: [Sentences.self, Quotes.self, Stances.self])
    _ = try? decoder.document(from: bytes.span, fallbackID: "x")
    guard let value = try? JSONReader.value(of: bytes) else { return }
    check((try? JSONReader.value(of: Array(value.json.utf8))) == value, "JSON that was written reads otherwise")
  }
}
