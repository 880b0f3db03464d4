package teach

import (
	"fmt"
	"os"
	"runtime"
	"strings"
)

// upkeep is what this process holds, which an hour of service must not add to.
type upkeep struct {
	heap       int // bytes in use, without garbage
	resident   int // bytes of memory; 0 where the system does not tell
	goroutines int
	files      int // descriptors that are open; 0 where the system does not tell
}

// upkeepNow collects garbage, and looks.
func upkeepNow() (u upkeep) {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	u.heap, u.goroutines = int(m.HeapAlloc), runtime.NumGoroutine()
	if open, err := os.ReadDir("/proc/self/fd"); err == nil {
		u.files = len(open)
	}
	if text, err := os.ReadFile("/proc/self/status"); err == nil {
		if _, after, ok := strings.Cut(string(text), "VmRSS:"); ok {
			_, _ = fmt.Sscan(after, &u.resident) // kB
			u.resident <<= 10
		}
	}
	return u
}

func (u upkeep) String() string {
	return fmt.Sprintf("heap %.1f MB, resident %.1f MB, %d goroutines, %d files", float64(u.heap)/1e6, float64(u.resident)/1e6, u.goroutines, u.files)
}

// leftOver says whether u holds more than before by what a few idle connections
// of a client or the runtime do not explain.
func (u upkeep) leftOver(before upkeep) bool {
	return u.heap > before.heap+8<<20 || u.goroutines > before.goroutines+10 || u.files > before.files+10
}
