public import Hearsay
public import HearsayText

/// The option `model` of `score-stance`: the model that comes with Hearsay, or one from a file.
public enum StanceModelOption: OptionValue {
  /// The linear model that comes with Hearsay.
  case fast
  /// A linear model with other weights, as `Training/train-stance` writes them.
  case file(WeightsFile)

  private static let words = ["fast"]

  /// The weights in the file at `path`.
  public static func file(at path: String) throws(WeightsError) -> Self {
    .file(try WeightsFile(path: path, format: StanceModel.format))
  }

  public static var typeName: String { WeightsOption.typeName(words) }
  public static var schema: JSONValue { ["type": "string"] }

  public static func decode(_ node: ConfigNode, _ diagnostics: inout [Diagnostic]) -> Self? {
    switch WeightsOption.decode(node, words: words, format: StanceModel.format, &diagnostics) {
    case .word?: .fast
    case .file(let weights)?: .file(weights)
    case nil: nil
    }
  }

  public var configValue: JSONValue {
    switch self {
    case .fast: .string(Self.words[0])
    case .file(let weights): .string(weights.name)
    }
  }
}

extension StanceModel {
  /// The model that an option names.
  init(_ option: StanceModelOption) throws(WeightsError) {
    switch option {
    case .fast: self = try .shipped()
    case .file(let weights): self.init(weights)
    }
  }
}
