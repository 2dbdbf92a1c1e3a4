public import Hearsay
import HearsayText

/// A configured target: a name, or mentions of it with its name, `European Union => EU` or `NATO | the alliance => NATO`.
public struct TargetRule: OptionValue, Hashable {
  /// The name of the target in stances.
  public var name: String
  /// The words that mention it.
  public var mentions: [String]

  public init(name: String, mentions: [String]) {
    self.name = name
    self.mentions = mentions
  }

  public static var typeName: String { "a name, or 'MENTION | MENTION => NAME'" }
  public static var schema: JSONValue { ["type": "string"] }

  public static func decode(_ node: ConfigNode, _ diagnostics: inout [Diagnostic]) -> TargetRule? {
    guard case .scalar(let text, _) = node.content, !node.isNull else { return mismatch(node, &diagnostics) }
    let sides = text.split(separator: "=>", omittingEmptySubsequences: false).map { trimmed($0) }
    let mentions = (sides.first ?? "").split(separator: "|").map { trimmed($0) }.filter { !$0.isEmpty }
    guard sides.count <= 2, let first = mentions.first, sides.count == 1 || !(sides.last ?? "").isEmpty else {
      diagnostics.append(Diagnostic(.notATarget(text), at: node.place))
      return nil
    }
    let name = sides.count == 2 ? sides[1] : first
    return TargetRule(name: name, mentions: mentions.contains(name) ? mentions : mentions + [name])
  }

  public var configValue: JSONValue {
    .string(mentions == [name] ? name : mentions.joined(separator: " | ") + " => " + name)
  }

  private static func trimmed(_ text: Substring) -> String {
    String(text.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
  }
}

extension Diagnostic.Message {
  static func notATarget(_ text: String) -> Self {
    Self("'\(text)' is no target; write a name, or what mentions it and its name: 'European Union => EU'")
  }
}
