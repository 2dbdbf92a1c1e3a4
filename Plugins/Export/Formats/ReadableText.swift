import Hearsay
import HearsayText

/// Text for a person: who said what, with the stances under each quote.
struct ReadableText: OutputFormat {
  static let name = "text"
  static let endings = [".txt"]
  static let summary = "to be read"
  // The text has none of the document's own control characters: only the colours.
  static let terminalFilter = TerminalFilter.colored

  private let isColored: Bool

  init(_ options: FormatOptions) { isColored = options.isColored }

  func encode(_ document: Document) -> EncodedDocument {
    .bytes(ReadableTextWriter.render(document, isColored: isColored))
  }
}

extension OutputFormatName {
  public static let text = Self(ReadableText.name)
}
