package store

import (
	"fmt"
	"strconv"
	"strings"
)

// Layout says how the runs of a data set, rows × replications, are cut into
// parts: chunks of PartRows rows by blocks of Block replications, the last of
// each as long as is left.
type Layout struct {
	Rows         int `json:"rows"`         // design rows
	Replications int `json:"replications"` // of each row; can be extended
	PartRows     int `json:"part_rows"`    // design rows of a part; fixed when created
	Block        int `json:"block"`        // replications of a part; fixed when created
}

// What a data set may have at most: what a design may ask for, in fewer files
// than any file system likes to have in a folder. A damaged head that says more
// must not keep a reader counting.
const (
	mostRows         = 1_000_000_000
	mostReplications = 100_000
	mostParts        = 10_000_000
)

func (l *Layout) check() error {
	for _, n := range []struct {
		name        string
		value, most int
	}{{"rows", l.Rows, mostRows}, {"replications", l.Replications, mostReplications}, {"rows a part", l.PartRows, mostRows}, {"replications a part", l.Block, mostReplications}} {
		if n.value < 1 || n.value > n.most {
			return fmt.Errorf("%s: %d: must be within 1..%d", n.name, n.value, n.most)
		}
	}
	if n := l.Parts(); n > mostParts {
		return fmt.Errorf("parts: %d: must be at most %d", n, mostParts)
	}
	return nil
}

func (l *Layout) blocks() int { return (l.Replications + l.Block - 1) / l.Block }

// Parts is the number of parts.
func (l *Layout) Parts() int { return (l.Rows + l.PartRows - 1) / l.PartRows * l.blocks() }

// Part is part k of 0..Parts()-1: all blocks of the first rows come first.
func (l *Layout) Part(k int) Part {
	row, replication := k/l.blocks()*l.PartRows, k%l.blocks()*l.Block
	return Part{
		FirstRow: row, Rows: min(l.PartRows, l.Rows-row),
		FirstReplication: replication, Replications: min(l.Block, l.Replications-replication),
	}
}

// Runs is the number of runs in all parts.
func (l *Layout) Runs() int { return l.Rows * l.Replications }

// index is k where p is Part(k), and false when p is no part of the layout.
func (l *Layout) index(p Part) (k int, ok bool) {
	if p.FirstRow < 0 || p.FirstReplication < 0 || p.FirstRow >= l.Rows || p.FirstReplication >= l.Replications {
		return 0, false
	}
	k = p.FirstRow/l.PartRows*l.blocks() + p.FirstReplication/l.Block
	return k, l.Part(k) == p
}

// supersedes says whether p was a part before the replications were extended.
func (l *Layout) supersedes(p Part) bool {
	k, _ := l.index(Part{FirstRow: p.FirstRow, FirstReplication: p.FirstReplication})
	now := l.Part(k)
	return p.Replications > 0 && p.Replications < now.Replications &&
		p.FirstRow == now.FirstRow && p.Rows == now.Rows && p.FirstReplication == now.FirstReplication
}

// Part is a rectangle of a data set's runs, the contents of one file.
type Part struct {
	FirstRow, Rows                 int // design rows
	FirstReplication, Replications int
}

// Runs is the number of runs in the part.
func (p Part) Runs() int { return p.Rows * p.Replications }

// contains says whether a run is in the part.
func (p Part) contains(row, replication int64) bool {
	return row >= int64(p.FirstRow) && row < int64(p.FirstRow+p.Rows) &&
		replication >= int64(p.FirstReplication) && replication < int64(p.FirstReplication+p.Replications)
}

// Name is the name of the part's files, without ending:
// part-0000100-0000199-r00000-00009.
func (p Part) Name() string {
	return fmt.Sprintf("part-%07d-%07d-r%05d-%05d",
		p.FirstRow, p.FirstRow+p.Rows-1, p.FirstReplication, p.FirstReplication+p.Replications-1)
}

// String says the same for people.
func (p Part) String() string {
	return fmt.Sprintf("rows %d to %d, replications %d to %d",
		p.FirstRow, p.FirstRow+p.Rows-1, p.FirstReplication, p.FirstReplication+p.Replications-1)
}

// parsePart reads a name back. Only a name that Name would give is one.
func parsePart(name string) (p Part, ok bool) {
	var lastRow, lastReplication int
	_, err := fmt.Sscanf(name, "part-%d-%d-r%d-%d", &p.FirstRow, &lastRow, &p.FirstReplication, &lastReplication)
	p.Rows, p.Replications = lastRow-p.FirstRow+1, lastReplication-p.FirstReplication+1
	return p, err == nil && p.Name() == name
}

// Shard is a share of a data set's parts, for one of several processes: the
// parts Index, Index+Count, … counted from 1. The zero Shard is the whole.
type Shard struct{ Index, Count int }

// ParseShard reads "3/8", the third of eight.
func ParseShard(text string) (Shard, error) {
	index, count, _ := strings.Cut(text, "/")
	i, errIndex := strconv.Atoi(index)
	n, errCount := strconv.Atoi(count)
	s := Shard{i, n}
	if strings.Contains(text, "+") || errIndex != nil || errCount != nil || n < 1 || s.check() != nil {
		return Shard{}, fmt.Errorf("%q is not a share: give i/n, from 1/n to n/n: 3/8 is the third of eight", text)
	}
	return s, nil
}

func (s Shard) String() string {
	if s.whole() {
		return "all parts"
	}
	return fmt.Sprintf("share %d/%d", s.Index, s.Count)
}

func (s Shard) whole() bool { return s == Shard{} }

func (s Shard) check() error {
	if !s.whole() && (s.Index < 1 || s.Index > s.Count) {
		return fmt.Errorf("store: there is no share %d/%d", s.Index, s.Count)
	}
	return nil
}

// Owns says whether part k belongs to the share.
func (s Shard) Owns(k int) bool { return s.whole() || k%s.Count == s.Index-1 }
