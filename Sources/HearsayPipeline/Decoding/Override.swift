internal import Hearsay

/// A value given on the command line in place of the file's: `--set split-sentences.language=de`.
///
/// The path is `STAGE.OPTION`, `STAGE[2].OPTION` for the second stage of a name, or a key of the file (`on_error`,
/// `input.format`). A value that begins with `[`, `{` or a quotation mark is read as YAML; any other is taken as it is.
public struct Override: Sendable, Hashable {
  /// What the user typed after `--set`.
  public var text: String
  /// The name that places of overrides show for a file.
  static let file = "--set"

  public init(_ text: String) { self.text = text }
}

/// An override taken apart.
private struct Assignment {
  var path: [(key: String, place: SourcePlace)]
  var value: ConfigNode
}

extension ConfigNode {
  /// Puts the overrides into a pipeline file's tree; what is wrong with one is added to `diagnostics`.
  mutating func apply(_ overrides: [Override], _ diagnostics: inout [Diagnostic]) {
    for override in overrides {
      guard let assignment = override.assignment(&diagnostics) else { continue }
      let head = assignment.path[0]
      if assignment.path.count == 1 || PipelineKeys.fields.contains(where: { $0.key == head.key }) {
        set(assignment.path[...], to: assignment.value, &diagnostics)
      } else {
        setOption(assignment, &diagnostics)
      }
    }
  }

  /// Sets the value under the keys, making maps where there is nothing yet.
  private mutating func set(
    _ path: ArraySlice<(key: String, place: SourcePlace)>, to value: ConfigNode, _ diagnostics: inout [Diagnostic]
  ) {
    guard let head = path.first else {
      self = value
      return
    }
    var entries: [Entry]
    switch content {
    case .map(let present): entries = present
    case .scalar where isNull: entries = []
    default:
      diagnostics.append(Diagnostic(.nothingInside(self), at: head.place))
      return
    }
    let index = entries.firstIndex { $0.key == head.key } ?? entries.endIndex
    if index == entries.endIndex {
      let empty = ConfigNode(.scalar("", isQuoted: false), at: head.place)
      entries.append(Entry(key: head.key, keyPlace: head.place, value: empty))
    }
    entries[index].value.set(path.dropFirst(), to: value, &diagnostics)
    content = .map(entries)
  }

  private mutating func setOption(_ assignment: Assignment, _ diagnostics: inout [Diagnostic]) {
    guard case .map(var entries) = content, let at = entries.firstIndex(where: { $0.key == "stages" }),
      case .list(var stages) = entries[at].value.content
    else { return }  // The loader reports that there are no stages.
    let (key, place) = assignment.path[0]
    let names = stages.map { $0.stageName ?? "" }
    let labels = PipelineLoader.labels(of: names)
    let matches = stages.indices.filter { names[$0] == key || labels[$0] == key }
    guard let index = matches.first else {
      let known = labels + PipelineKeys.fields.map(\.key)
      diagnostics.append(Diagnostic(.noSuchStage(key), at: place, suggestion: known.nearest(to: key)))
      return
    }
    guard matches.count == 1 else {
      diagnostics.append(Diagnostic(.severalStages(key, matches.map { labels[$0] }), at: place))
      return
    }
    stages[index].setOption(assignment.path.dropFirst(), of: names[index], to: assignment.value, &diagnostics)
    entries[at].value.content = .list(stages)
    content = .map(entries)
  }

  /// Sets an option of the stage that this node names.
  private mutating func setOption(
    _ path: ArraySlice<(key: String, place: SourcePlace)>, of name: String, to value: ConfigNode,
    _ diagnostics: inout [Diagnostic]
  ) {
    if case .scalar = content {
      let empty = ConfigNode(.scalar("", isQuoted: false), at: place)
      content = .map([Entry(key: name, keyPlace: place, value: empty)])
    }
    guard case .map(var entries) = content, let index = entries.firstIndex(where: { $0.key == name }) else { return }
    entries[index].value.set(path, to: value, &diagnostics)
    content = .map(entries)
  }

  /// The name of the stage that this element of `stages` names, if it names one.
  var stageName: String? {
    switch content {
    case .scalar(let name, _): isNull ? nil : name
    case .map(let entries): entries.count == 1 ? entries.first?.key : nil
    case .list: nil
    }
  }
}

extension Override {
  fileprivate func assignment(_ diagnostics: inout [Diagnostic]) -> Assignment? {
    guard let equals = text.firstIndex(of: "=") else {
      diagnostics.append(Diagnostic(.notAnAssignment, at: place(0, text.unicodeScalars.count)))
      return nil
    }
    var path: [(key: String, place: SourcePlace)] = []
    var column = 0
    for part in text[..<equals].split(separator: ".", omittingEmptySubsequences: false) {
      let width = part.unicodeScalars.count
      path.append((String(part), place(column, width)))
      column += width + 1
      if part.isEmpty {
        diagnostics.append(Diagnostic(.notAnAssignment, at: place(0, text.unicodeScalars.count)))
        return nil
      }
    }
    let spelled = text[text.index(after: equals)...]
    guard let first = spelled.first, "[{\"'".contains(first) else {
      let value = ConfigNode(.scalar(String(spelled), isQuoted: false), at: place(column, spelled.unicodeScalars.count))
      return Assignment(path: path, value: value)
    }
    var problems: [Diagnostic] = []
    let value = YAMLReader(file: Self.file).node(of: Array(spelled.utf8), &problems)
    for problem in problems {
      diagnostics.append(
        Diagnostic(problem.message, at: moved(problem.place, by: column), suggestion: problem.suggestion))
    }
    guard problems.isEmpty, let value else { return nil }
    return Assignment(path: path, value: moved(value, by: column))
  }

  private func place(_ column: Int, _ width: Int) -> SourcePlace {
    SourcePlace(file: Self.file, column: column + 1, width: width, text: text)
  }

  /// A place in the value, as a place in the whole override.
  private func moved(_ place: SourcePlace, by columns: Int) -> SourcePlace {
    place.line == 1 ? self.place(place.column - 1 + columns, place.width) : place
  }

  private func moved(_ node: ConfigNode, by columns: Int) -> ConfigNode {
    var node = node
    node.place = moved(node.place, by: columns)
    switch node.content {
    case .scalar: break
    case .list(let nodes): node.content = .list(nodes.map { moved($0, by: columns) })
    case .map(let entries):
      node.content = .map(
        entries.map { entry in
          ConfigNode.Entry(
            key: entry.key, keyPlace: moved(entry.keyPlace, by: columns), value: moved(entry.value, by: columns))
        })
    }
    return node
  }
}

extension Diagnostic.Message {
  static var notAnAssignment: Self { Self("expected STAGE.OPTION=VALUE or KEY=VALUE") }
  static func nothingInside(_ node: ConfigNode) -> Self { Self("nothing can be set inside \(node.kindName)") }
  static func noSuchStage(_ name: String) -> Self { Self("the pipeline has no stage '\(name)'") }
  static func severalStages(_ name: String, _ labels: [String]) -> Self {
    Self("the pipeline has several stages '\(name)'; write \(labels.joined(separator: " or "))")
  }
}
