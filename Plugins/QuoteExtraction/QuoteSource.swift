public import Hearsay
public import HearsayText

/// What decides where quotation marks and cues leave open who said what.
public enum QuoteSource: OptionValue {
  /// The model that ships.
  case trained
  /// The rules alone.
  case none
  /// A model of one's own, whose weights were checked.
  case file(WeightsFile)

  /// The model whose weights are in a file, as `train-quotes` writes them.
  public init(path: String) throws(WeightsError) {
    self = .file(try WeightsFile(path: path, format: QuoteModel.format))
  }

  public static var typeName: String { "'trained', 'none', or the path of a file of weights" }
  public static var schema: JSONValue {
    ["anyOf": [["enum": .array(words.map(JSONValue.string))], ["type": "string"]]]
  }
  private static let words = ["trained", "none"]

  public static func decode(_ node: ConfigNode, _ diagnostics: inout [Diagnostic]) -> QuoteSource? {
    guard case .scalar(let text, let isQuoted) = node.content, isQuoted || !text.isEmpty else {
      return mismatch(node, &diagnostics)
    }
    switch text {
    case "trained": return .trained
    case "none": return QuoteSource.none
    default: break
    }
    do throws(WeightsError) {
      return try QuoteSource(path: text)
    } catch {
      // A word that names nothing may be one of the two, misspelled.
      let isPath = text.contains("/") || text.contains(".")
      diagnostics.append(
        Diagnostic(
          .unusableWeights(error), at: node.place, suggestion: isPath ? nil : words.nearest(to: text)))
      return nil
    }
  }

  public var configValue: JSONValue {
    switch self {
    case .trained: "trained"
    case .none: "none"
    case .file(let weights): .string(weights.name)
    }
  }

  /// `nil` is the rules alone.
  func model() throws(WeightsError) -> QuoteModel? {
    switch self {
    case .trained: try QuoteModel.shipped.get()
    case .none: nil
    case .file(let weights): try QuoteModel(weights)
    }
  }
}

extension Diagnostic.Message {
  fileprivate static func unusableWeights(_ error: WeightsError) -> Self { Self("model: \(error)") }
}
