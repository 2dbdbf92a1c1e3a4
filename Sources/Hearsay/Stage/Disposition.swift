/// What becomes of a document after a stage.
public enum Disposition: Sendable {
  /// The document goes on, as the stage has left it.
  case keep
  /// The document leaves the run. The reason is one of few, by which a run counts: `duplicate`; the detail is of this
  /// document: `of wire-17`.
  case drop(reason: String, detail: String? = nil)
  /// These documents go on in place of the document, in this order: the letters of a page of letters, the turns of a
  /// transcript. Each needs an id of its own. See `Document.part(_:id:)`. None at all is the same as
  /// `drop(reason: "empty")`.
  case replace([Document])

  /// Whether the document goes on.
  public var isKept: Bool { if case .keep = self { true } else { false } }

  /// The same, an empty replacement as the drop that it is.
  var normalized: Disposition {
    if case .replace(let documents) = self, documents.isEmpty { .drop(reason: "empty") } else { self }
  }
}
