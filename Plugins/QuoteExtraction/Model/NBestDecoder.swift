/// Backward N-best search over the Viterbi lattice of a window (Soong and Huang, 1991): its labels in the order of their
/// likelihood, those that differ in content.
///
/// A path leads from the window's last token to its first. At each token it deviates from others; the likeliest deviation
/// of all paths begins the next path, which joins the path that it deviated from where their labels meet again.
struct NBestDecoder {
  /// Where a path deviates from another.
  private struct Branch {
    /// How much less likely the labels are than the likeliest, in units of a weight.
    var scoreGap: Int
    /// The path whose labels they share after the token, or -1.
    var path: Int
    var token: Int
    var label: UInt8
  }

  /// Another label at a token of a path, and how much less likely it makes the labels.
  private struct Deviation {
    var scoreGap: Int16
    var token: UInt8
    var label: UInt8
  }

  /// How much less likely each path is than the likeliest, in units of a weight.
  private(set) var scoreGaps: [Int] = []
  /// `CueWindow.longest` raw labels for each path.
  private var labels: [UInt8] = []
  /// Branches not followed yet, the likeliest last.
  private var waiting: [Branch] = []
  /// The deviations of the paths, from the last token to the first, and where those of each path begin.
  private var deviations: [Deviation] = []
  private var starts: [Int] = []
  /// How many paths are wanted, and how much less likely than the first they may be.
  private var most = 0
  private var within = 0

  /// The raw labels of the window's tokens; those after the last token mean nothing.
  @_lifetime(borrow self)
  func labels(of path: Int) -> Swift.Span<UInt8> {
    labels.span.extracting(path * CueWindow.longest..<(path + 1) * CueWindow.longest)
  }

  /// Finds the likeliest labels of a window of `count` tokens and up to `most` in all, in order, none less likely than the
  /// first by more than `within`, in units of a weight. Paths that differ in speaker and cue only count as one.
  mutating func find(
    _ count: Int, _ nodes: [CRFDecoder.Node], _ scores: [CRFDecoder.Scores], _ model: QuoteModel,
    most: Int, within: Int
  ) {
    (self.most, self.within) = (most, within)
    scoreGaps.removeAll(keepingCapacity: true)
    waiting.removeAll(keepingCapacity: true)
    deviations.removeAll(keepingCapacity: true)
    starts.removeAll(keepingCapacity: true)
    let room = most * CueWindow.longest
    if labels.count < room { labels = Array(repeating: 0, count: room) }
    guard count > 0 else { return }
    let last = scores[count - 1]
    for label in 0..<CRFDecoder.labels {
      let scoreGap = Int(last.best) - Int(last[label])
      if scoreGap <= within {
        add(Branch(scoreGap: scoreGap, path: -1, token: count - 1, label: UInt8(truncatingIfNeeded: label)))
      }
    }
    while scoreGaps.count < most, let branch = waiting.popLast() { follow(branch, nodes, scores, model) }
  }

  /// Follows a branch and adds its deviations.
  private mutating func follow(
    _ branch: Branch, _ nodes: [CRFDecoder.Node], _ scores: [CRFDecoder.Scores], _ model: QuoteModel
  ) {
    let path = scoreGaps.count
    scoreGaps.append(branch.scoreGap)
    starts.append(deviations.count)
    let least = Self.trace(
      branch, to: path, &labels, &deviations, nodes.span, scores.span, model, allowedGap: allowedGap(branch.scoreGap))
    if branch.path >= 0 {
      for index in starts[branch.path]..<starts[branch.path + 1] where Int(deviations[index].token) < least {
        deviations.append(deviations[index])
      }
    }
    for index in starts[path]..<deviations.count {
      let deviation = deviations[index]
      guard deviation.scoreGap <= allowedGap(branch.scoreGap) else { continue }
      add(
        Branch(
          scoreGap: branch.scoreGap + Int(deviation.scoreGap), path: path, token: Int(deviation.token),
          label: deviation.label))
    }
  }

  /// Writes the labels of a branch and its deviations, down to where it joins the path that it deviated from.
  ///
  /// - Returns: The token where it joins; 0 where it never does.
  private static func trace(
    _ branch: Branch, to path: Int, _ labels: inout [UInt8], _ deviations: inout [Deviation],
    _ nodes: Swift.Span<CRFDecoder.Node>, _ scores: Swift.Span<CRFDecoder.Scores>, _ model: QuoteModel,
    allowedGap: Int16
  ) -> Int {
    let weights = model.transitionsBack.span
    var labels = labels.mutableSpan
    let base = path * CueWindow.longest
    let shared = branch.path * CueWindow.longest
    if branch.path >= 0 { for k in 0..<CueWindow.longest { labels[base + k] = labels[shared + k] } }
    labels[base + branch.token] = branch.label
    var label = Int(branch.label)
    var k = branch.token
    while k > 0 {
      let paths = scores[k - 1] &+ weights[nodes[k].transition + label]
      let best = paths.best
      label = 0
      while label + 1 < CRFDecoder.labels, paths[label] < best { label += 1 }
      k -= 1
      let near = (paths .>= CRFDecoder.Scores(repeating: best &- allowedGap)) .& others[label]
      if any(near) {
        for other in 0..<CRFDecoder.labels where near[other] {
          deviations.append(
            Deviation(
              scoreGap: best &- paths[other], token: UInt8(truncatingIfNeeded: k),
              label: UInt8(truncatingIfNeeded: other))
          )
        }
      }
      if branch.path >= 0, labels[shared + k] == UInt8(truncatingIfNeeded: label) { return k }
      labels[base + k] = UInt8(truncatingIfNeeded: label)
    }
    return 0
  }

  /// How much less likely than a path with that gap another may be to be wanted.
  @inline(__always)
  private func allowedGap(_ scoreGap: Int) -> Int16 {
    let isFull = waiting.count + scoreGaps.count >= most
    return Int16(clamping: (isFull ? min(within, waiting.first?.scoreGap ?? within) : within) - scoreGap)
  }

  /// Adds a branch.
  private mutating func add(_ branch: Branch) {
    var at = 0
    while at < waiting.count, waiting[at].scoreGap > branch.scoreGap { at += 1 }
    if waiting.count + scoreGaps.count < most {
      waiting.append(branch)
      var k = waiting.count - 1
      while k > at {
        waiting[k] = waiting[k - 1]
        k -= 1
      }
      waiting[at] = branch
    } else if at > 0 {
      // The least likely is dropped.
      for k in 1..<at { waiting[k - 1] = waiting[k] }
      waiting[at - 1] = branch
    }
  }

  /// For each label, the labels that differ from it in content.
  private static let others: [SIMDMask<CRFDecoder.Scores>] = WindowLabel.allCases.map { label in
    func content(_ label: WindowLabel) -> Int { label == .contentBegins ? 1 : label == .content ? 2 : 0 }
    var mask = SIMDMask<CRFDecoder.Scores>(repeating: false)
    for other in WindowLabel.allCases { mask[other.rawValue] = content(other) != content(label) }
    return mask
  }
}
