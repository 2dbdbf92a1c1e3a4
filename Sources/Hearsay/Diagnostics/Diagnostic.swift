/// A mistake in a file, shown where it stands, with the nearest right spelling.
public struct Diagnostic: Error, Hashable, Sendable, CustomStringConvertible {
  public var message: Message
  public var place: SourcePlace
  /// The nearest right spelling, or what else would help.
  public var suggestion: String?

  public init(_ message: Message, at place: SourcePlace, suggestion: String? = nil) {
    self.message = message
    self.place = place
    self.suggestion = suggestion
  }

  /// What is wrong, worded by a static member that stands beside the check.
  public struct Message: Hashable, Sendable {
    public let text: String

    public init(_ text: String) { self.text = text }
  }

  /// The message, the line and a caret under the place:
  ///
  ///     news.yaml:4:24: error: stage 'split-sentences' has no option 'langauge'
  ///       - split-sentences: { langauge: en }
  ///                            ^~~~~~~~ did you mean 'language'?
  public var description: String {
    let head = "\(place): error: \(message.text)"
    let hint = suggestion.map { " did you mean '\($0)'?" } ?? ""
    guard !place.text.isEmpty else { return head + (hint.isEmpty ? "" : ";" + hint) }
    // A tab stays a tab, so that the caret stands under its character.
    let indent = place.text.unicodeScalars.prefix(place.column - 1).map { $0 == "\t" ? "\t" : " " }.joined()
    let left = max(1, place.text.unicodeScalars.count - place.column + 1)
    let underline = String(repeating: "~", count: max(0, min(place.width, left) - 1))
    return "\(head)\n\(place.text)\n\(indent)^\(underline)\(hint)"
  }
}
