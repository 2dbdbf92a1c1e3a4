import CLibFuzzer
import Foundation

// hearsay-fuzz TARGET [libFuzzer's arguments]: runs one target until libFuzzer ends. `--list` prints the targets'
// names. See Scripts/fuzz.

/// The target that the arguments name. libFuzzer's callback has no context that could hold it.
let target: FuzzTarget = {
  let name = CommandLine.arguments.dropFirst().first ?? ""
  if name == "--list" {
    print(FuzzTarget.all.map(\.name).joined(separator: "\n"))
    exit(0)
  }
  guard let target = FuzzTarget.all.first(where: { $0.name == name }) else {
    print("usage: hearsay-fuzz \(FuzzTarget.all.map(\.name).joined(separator: "|")) [libFuzzer's arguments]")
    exit(2)
  }
  return target
}()

let arguments = [CommandLine.arguments[0]] + CommandLine.arguments.dropFirst(2)
var count = CInt(arguments.count)
let strings = UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>.allocate(capacity: arguments.count + 1)
for (index, argument) in arguments.enumerated() { unsafe strings[index] = unsafe strdup(argument) }
unsafe strings[arguments.count] = nil
var vector: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>? = unsafe strings
exit(
  unsafe LLVMFuzzerRunDriver(&count, &vector) { data, count in
    target.run(unsafe Array(UnsafeBufferPointer(start: data, count: count)))
    return 0
  })
