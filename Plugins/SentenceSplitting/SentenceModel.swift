public import Hearsay
public import HearsayText

/// The option `model` of `split-sentences`: what decides where rules cannot.
public enum SentenceModel: OptionValue {
  /// The model of English that comes with Hearsay.
  case trained
  /// Lists of words.
  case none
  /// Other weights for the model, as `Training/train-sentences` writes them.
  case file(WeightsFile)

  private static let words = ["trained", "none"]

  /// The weights in the file at `path`.
  public static func file(at path: String) throws(WeightsError) -> Self {
    .file(try WeightsFile(path: path, format: BeginningModel.format))
  }

  public static var typeName: String { WeightsOption.typeName(words) }
  public static var schema: JSONValue { ["type": "string"] }

  public static func decode(_ node: ConfigNode, _ diagnostics: inout [Diagnostic]) -> Self? {
    switch WeightsOption.decode(node, words: words, format: BeginningModel.format, &diagnostics) {
    case .word(let word)?: word == "none" ? Self.none : .trained
    case .file(let weights)?: .file(weights)
    case nil: nil
    }
  }

  public var configValue: JSONValue {
    switch self {
    case .trained: "trained"
    case .none: "none"
    case .file(let weights): .string(weights.name)
    }
  }

  /// The model; `nil` for the lists.
  func model() throws(WeightsError) -> BeginningModel? {
    switch self {
    case .trained: try .shipped()
    case .none: nil
    case .file(let weights): BeginningModel(weights)
    }
  }
}
