extension [Diagnostic] {
  /// Whether there are already enough mistakes that looking for spellings is no longer worth its time: nobody reads
  /// that far, and a hostile file may hold a million.
  public var hasReachedLimit: Bool { count >= 100 }
}

extension Collection<String> {
  /// The element nearest to `word` in spelling, where one is near enough to be what was meant.
  ///
  /// Near is an edit distance (insert, remove, replace, swap of neighbours) of at most a third of the word, or a
  /// shared beginning. Ties go to the first.
  public func nearest(to word: String) -> String? {
    let typed = word.lowercased()
    // Longer words are not compared to their end, and mean none of ours.
    guard typed.unicodeScalars.count <= 64 else { return nil }
    let limit = Swift.max(1, typed.count / 3)
    let ranked = map { (name: $0, distance: editDistance(typed, $0.lowercased())) }
    if let best = ranked.min(by: { $0.distance < $1.distance }), best.distance <= limit { return best.name }
    return typed.count >= 3 ? first { $0.lowercased().hasPrefix(typed) } : nil
  }
}

/// The edits that turn one word into the other, a swap of neighbours being one: the optimal string alignment distance.
private func editDistance(_ a: String, _ b: String) -> Int {
  let a = Array(a.unicodeScalars.prefix(64))
  let b = Array(b.unicodeScalars.prefix(64))
  var before: [Int] = []
  var last = Array(0...b.count)
  for i in a.indices {
    var row = [i + 1]
    for j in b.indices {
      var cost = Swift.min(row[j] + 1, last[j + 1] + 1, last[j] + (a[i] == b[j] ? 0 : 1))
      if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] { cost = Swift.min(cost, before[j - 1] + 1) }
      row.append(cost)
    }
    before = last
    last = row
  }
  return last[b.count]
}
