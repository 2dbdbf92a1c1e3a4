/// A path pattern as in shells: `*`, `?` and `[a-z]` within a name, `**` for any number of folders.
///
/// A state is the number of components that a path has matched so far. A folder is matched with a set of states, so
/// that each path is found once however many ways there are to match it.
struct GlobPattern: Sendable {
  private enum Component: Sendable {
    case anyFolders
    case name([Piece], showsHidden: Bool)
  }

  enum Piece: Sendable, Hashable {
    case literal(Unicode.Scalar)
    case one
    case many
    case set([ClosedRange<Unicode.Scalar>], negated: Bool)
  }

  /// Where to begin: the components before the first with a wild card; empty for the current folder.
  let base: String
  private var components: [Component] = []

  static func isPattern(_ path: String) -> Bool { path.utf8.contains { "*?[".utf8.contains($0) } }

  init(_ path: String) {
    let parts = path.split(separator: "/", omittingEmptySubsequences: true).map(String.init)
    let first = parts.firstIndex(where: Self.isPattern) ?? parts.count
    base = (path.hasPrefix("/") ? "/" : "") + parts[..<first].joined(separator: "/")
    for part in parts[first...] {
      if part != "**" {
        components.append(.name(Self.pieces(of: part), showsHidden: part.hasPrefix(".")))
      } else if case .anyFolders? = components.last {
        continue
      } else {
        components.append(.anyFolders)
      }
    }
  }

  /// The states before the first name.
  var start: [Int] { closed([0]) }

  /// The states after an entry of that name; none where nothing below it can match.
  func states(after states: [Int], entry name: String) -> [Int] {
    let scalars = Array(name.unicodeScalars)
    return self.states(after: states, isHidden: name.hasPrefix(".")) { Self.matches($0, scalars) }
  }

  /// The states after an entry whose name is partly unknown: braces, as in `{source}.jsonl`, stand for anything.
  func states(after states: [Int], template: String) -> [Int] {
    let pieces = Self.pieces(ofTemplate: template)
    return self.states(after: states, isHidden: template.hasPrefix(".")) { Self.overlap($0, pieces) }
  }

  private func states(after states: [Int], isHidden: Bool, matching: ([Piece]) -> Bool) -> [Int] {
    var next: [Int] = []
    for state in states where state < components.count {
      switch components[state] {
      case .anyFolders: if !isHidden { next.append(state) }
      case .name(let pieces, let showsHidden):
        if showsHidden || !isHidden, matching(pieces) { next.append(state + 1) }
      }
    }
    return closed(next)
  }

  /// Whether the path so far matches the whole pattern.
  func accepts(_ states: [Int]) -> Bool { states.contains(components.count) }

  /// Adds the states that are reached where `**` stands for no folder at all.
  private func closed(_ states: [Int]) -> [Int] {
    var closed: Set = Set(states)
    for state in states where state < components.count {
      if case .anyFolders = components[state] { closed.insert(state + 1) }
    }
    return closed.sorted()
  }

  // MARK: Names

  private static func pieces(of part: String) -> [Piece] {
    let scalars = Array(part.unicodeScalars)
    var pieces: [Piece] = []
    var i = 0
    while i < scalars.count {
      switch scalars[i] {
      case "*": if pieces.last != .many { pieces.append(.many) }
      case "?": pieces.append(.one)
      case "[":
        if let (set, end) = set(in: scalars, from: i + 1) {
          pieces.append(set)
          i = end
        } else {
          pieces.append(.literal("["))
        }
      case let other: pieces.append(.literal(other))
      }
      i += 1
    }
    return pieces
  }

  /// The set that begins after a `[`, and the index of its `]`; `nil` where it has no end.
  private static func set(in scalars: [Unicode.Scalar], from start: Int) -> (Piece, Int)? {
    var i = start
    let negated = i < scalars.count && (scalars[i] == "!" || scalars[i] == "^")
    if negated { i += 1 }
    let first = i
    var ranges: [ClosedRange<Unicode.Scalar>] = []
    while i < scalars.count {
      // A ']' that comes first is a member.
      if scalars[i] == "]", i > first { return (.set(ranges, negated: negated), i) }
      if i + 2 < scalars.count, scalars[i + 1] == "-", scalars[i + 2] != "]" {
        if scalars[i] <= scalars[i + 2] { ranges.append(scalars[i]...scalars[i + 2]) }
        i += 3
      } else {
        ranges.append(scalars[i]...scalars[i])
        i += 1
      }
    }
    return nil
  }

  private static func pieces(ofTemplate name: String) -> [Piece] {
    var pieces: [Piece] = []
    var isOpen = false
    for scalar in name.unicodeScalars {
      switch scalar {
      case "{": isOpen = true
      case "}" where isOpen:
        isOpen = false
        pieces.append(.many)
      default: if !isOpen { pieces.append(.literal(scalar)) }
      }
    }
    return pieces
  }

  /// Whether some name matches both.
  ///
  /// - Complexity: O(a × b).
  static func overlap(_ a: [Piece], _ b: [Piece]) -> Bool {
    // Whether the first i pieces of `a` can stand for what the first j of `b` do.
    var meets = [[Bool]](repeating: [Bool](repeating: false, count: b.count + 1), count: a.count + 1)
    meets[0][0] = true
    for i in 0...a.count {
      for j in 0...b.count where meets[i][j] {
        let x = i < a.count ? a[i] : nil
        let y = j < b.count ? b[j] : nil
        if x == .many || y == .many {
          if i < a.count { meets[i + 1][j] = true }
          if j < b.count { meets[i][j + 1] = true }
        } else if let x, case .literal(let scalar) = y, x.matches(scalar) {
          meets[i + 1][j + 1] = true
        }
      }
    }
    return meets[a.count][b.count]
  }

  /// - Complexity: O(pieces × name).
  static func matches(_ pieces: [Piece], _ name: [Unicode.Scalar]) -> Bool {
    var piece = 0
    var i = 0
    // Where to continue if the last `*` has to match one more.
    var retry: (piece: Int, i: Int)?
    while i < name.count {
      if piece < pieces.count, pieces[piece] == .many {
        piece += 1
        retry = (piece, i)
      } else if piece < pieces.count, pieces[piece].matches(name[i]) {
        piece += 1
        i += 1
      } else if let last = retry {
        retry = (last.piece, last.i + 1)
        piece = last.piece
        i = last.i + 1
      } else {
        return false
      }
    }
    return pieces[piece...].allSatisfy { $0 == .many }
  }
}

extension GlobPattern.Piece {
  fileprivate func matches(_ scalar: Unicode.Scalar) -> Bool {
    switch self {
    case .literal(let literal): literal == scalar
    case .one: true
    case .many: false
    case .set(let ranges, let negated): ranges.contains { $0.contains(scalar) } != negated
    }
  }
}
