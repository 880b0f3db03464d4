package report

import (
	"cmp"
	"fmt"
	"sync"

	"epgsim/sim/store"
)

// partSink is a part of a data set that is being written. Of the runs that failed in it,
// failures hears once it is whole.
type partSink struct {
	part     *store.PartWriter // nil where the tables are of no data set
	failed   []Failure
	failures *Failures
}

func (s *partSink) fail(row, replication int, reason string) {
	s.failed = append(s.failed, Failure{row, replication, reason})
}

// Close ends the piece. Its part is whole then.
func (s *partSink) Close() error {
	if s.part != nil {
		if err := s.part.Close(); err != nil {
			return err
		}
	}
	s.failures.add(s.failed...)
	s.failed = s.failed[:0]
	return nil
}

// Abort gives the part up.
func (s *partSink) Abort() {
	if s.part != nil {
		s.part.Abort()
	}
}

// Failure is a run without a result.
type Failure struct {
	Row, Replication int
	Reason           string
}

// Failures counts the failed runs of finished parts, and keeps the first.
type Failures struct {
	N     int
	First Failure // by row and replication

	mu sync.Mutex
}

func (f *Failures) add(more ...Failure) {
	f.mu.Lock()
	defer f.mu.Unlock()
	for _, one := range more {
		if f.N == 0 || cmp.Or(cmp.Compare(one.Row, f.First.Row), cmp.Compare(one.Replication, f.First.Replication)) < 0 {
			f.First = one
		}
		f.N++
	}
}

// String is a line that says how many failed and why, or nothing when none did.
func (f *Failures) String() string {
	if f.N == 0 {
		return ""
	}
	return fmt.Sprintf("%d runs failed and have no outcomes (column reason says why); the first, row %d, replication %d: %s\n",
		f.N, f.First.Row, f.First.Replication, f.First.Reason)
}
