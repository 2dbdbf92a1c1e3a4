/// A value of a configuration file with the place it stands at, before it has a type.
public struct ConfigNode: Sendable, Hashable {
  public enum Content: Sendable, Hashable {
    /// One value as it is spelled. A quoted one is text, whatever it looks like.
    case scalar(String, isQuoted: Bool)
    case list([ConfigNode])
    case map([Entry])
  }

  /// A key and its value in a map.
  public struct Entry: Sendable, Hashable {
    public var key: String
    public var keyPlace: SourcePlace
    public var value: ConfigNode

    public init(key: String, keyPlace: SourcePlace, value: ConfigNode) {
      self.key = key
      self.keyPlace = keyPlace
      self.value = value
    }
  }

  public var content: Content
  public var place: SourcePlace

  public init(_ content: Content, at place: SourcePlace) {
    self.content = content
    self.place = place
  }

  /// A node for a value that stands in no file, such as an example's options.
  public init(_ value: JSONValue, at place: SourcePlace) {
    self.place = place
    switch value {
    case .null: content = .scalar("null", isQuoted: false)
    case .bool(let value): content = .scalar(value ? "true" : "false", isQuoted: false)
    case .number(let spelling): content = .scalar(spelling, isQuoted: false)
    case .string(let text): content = .scalar(text, isQuoted: true)
    case .array(let values): content = .list(values.map { ConfigNode($0, at: place) })
    case .object(let members):
      content = .map(
        members.map { Entry(key: $0.key, keyPlace: place, value: ConfigNode($0.value, at: place)) })
    }
  }

  /// Whether this is `null`, `~` or nothing at all.
  public var isNull: Bool {
    if case .scalar(let text, isQuoted: false) = content { return ["", "~", "null", "Null", "NULL"].contains(text) }
    return false
  }

  /// The value with the types that YAML's core schema gives plain scalars.
  public var json: JSONValue {
    switch content {
    case .scalar(let text, isQuoted: true): .string(text)
    case .scalar(let text, isQuoted: false):
      if isNull {
        .null
      } else if let bool = Bool(yaml: text) {
        .bool(bool)
      } else if let number = try? JSONReader.value(of: Array(text.utf8)), case .number = number {
        number
      } else {
        .string(text)
      }
    case .list(let nodes): .array(nodes.map(\.json))
    case .map(let entries): .object(entries.map { JSONValue.Member($0.key, $0.value.json) })
    }
  }

  /// What kind of value this is, for messages: `a list`, `'ture'`.
  public var kindName: String {
    switch content {
    case .scalar(let text, _): isNull ? "nothing" : "'\(text.shortened)'"
    case .list: "a list"
    case .map: "a map"
    }
  }
}

extension String {
  /// The first sixty characters, for messages.
  fileprivate var shortened: String { dropFirst(60).isEmpty ? self : prefix(60) + "…" }
}

extension Bool {
  /// `true` and `false` as YAML's core schema spells them.
  init?(yaml text: String) {
    switch text {
    case "true", "True", "TRUE": self = true
    case "false", "False", "FALSE": self = false
    default: return nil
    }
  }
}
