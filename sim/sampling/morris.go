package sampling

import (
	"fmt"
	"slices"
)

// morris is a design of trajectories.
type morris struct {
	trajectories, levels int
	groups               []int // by dimension
	count                int   // of groups
	seed                 uint64
}

// Morris returns the trajectories of Morris's screening (1991), with groups of
// dimensions that move together (Campolongo, Cariboni and Saltelli 2007). A
// trajectory is a block of one row more than there are groups: a random start,
// and then one group after another, in random order, moves by one step and
// stays. groups[d] is the group of dimension d, 0..G-1, each used; dimensions of
// one group choose their directions by themselves.
//
// Every number is one of levels equally spaced values from 0 to 1, all equally
// likely. A step is levels/2 of their levels-1 intervals, so a dimension that
// starts in the lower half can only go up, and one in the upper half only
// down. Levels are even, so that both halves are alike; with 2 of them every
// row is a corner of the cube.
//
// It fails, too, on levels that are odd or below 2, and on groups that are not
// numbered from 0 without gaps.
func Morris(trajectories, levels int, groups []int, seed uint64) (Design, error) {
	count, err := countGroups(groups)
	if err != nil {
		return nil, err
	}
	if levels < 2 || levels%2 != 0 {
		return nil, fmt.Errorf("a Morris design needs an even number of levels, at least 2, not %d", levels)
	}
	if err := checkBlocks("trajectory", trajectories, count+1); err != nil {
		return nil, err
	}
	return morris{trajectories, levels, slices.Clone(groups), count, seed}, nil
}

func (m morris) Rows() int { return m.trajectories * (m.count + 1) }
func (m morris) Dims() int { return len(m.groups) }

func (m morris) At(row int, dst []float64) Place {
	checkRow(row, m.Rows())
	dst = dst[:m.Dims()]
	trajectory, moved := row/(m.count+1), row%(m.count+1)
	order := address(m.seed, drawOrder, trajectory)
	place := Place{Block: trajectory, Role: Start, Group: -1}
	for d, g := range m.groups {
		level := below(address(m.seed, drawLevel, trajectory, d), m.levels)
		step := m.levels / 2
		if level >= m.levels/2 {
			step = -step
		}
		turn := shuffled(order, m.count, g)
		if turn < moved {
			level += step
		}
		if turn == moved-1 && place.Role == Start { // the first dimension of the group that has just moved
			place = Place{Block: trajectory, Role: Step, Group: g, Delta: m.fraction(step)}
		}
		dst[d] = m.fraction(level)
	}
	return place
}

// fraction returns a number of levels as a part of the way from 0 to 1.
func (m morris) fraction(levels int) float64 { return float64(levels) / float64(m.levels-1) }
