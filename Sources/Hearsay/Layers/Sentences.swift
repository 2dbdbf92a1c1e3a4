/// Where each sentence begins and ends: in order, no overlap, outer white space excluded.
public enum Sentences: Layer {
  public typealias Element = Span
  public static let name = "sentences"

  public static func write(
    _ elements: [Span], of document: Document, offsets: CodePointOffsets, to json: inout JSONWriter
  ) {
    json.spans(elements, of: document, offsets: offsets)
  }
}
