public import Hearsay

/// The value of an option that is one of a few words, or the path of a file of weights.
public enum WeightsOption: Sendable {
  case word(String)
  case file(WeightsFile)

  /// Reads the value, and the file where it is a path. Weights that do not fit are reported at the place of the path.
  public static func decode(
    _ node: ConfigNode, words: [String], format: WeightsFile.Format, _ diagnostics: inout [Diagnostic]
  ) -> Self? {
    guard case .scalar(let text, _) = node.content, !node.isNull, !text.isEmpty else {
      diagnostics.append(Diagnostic(.noModel(node, words), at: node.place))
      return nil
    }
    if words.contains(text) { return .word(text) }
    do throws(WeightsError) {
      return .file(try WeightsFile(path: text, format: format))
    } catch {
      diagnostics.append(Diagnostic(.unusableWeights(error), at: node.place, suggestion: words.nearest(to: text)))
      return nil
    }
  }

  /// The type in words, for messages.
  public static func typeName(_ words: [String]) -> String {
    words.map { "'\($0)'" }.joined(separator: ", ") + " or the path of a file of weights"
  }
}

extension Diagnostic.Message {
  static func noModel(_ node: ConfigNode, _ words: [String]) -> Self {
    Self("expected \(WeightsOption.typeName(words)), found \(node.kindName)")
  }
  static func unusableWeights(_ error: WeightsError) -> Self { Self("\(error)") }
}
