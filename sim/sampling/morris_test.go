package sampling

import (
	"math"
	"slices"
	"testing"
)

var morrisGroups = []int{2, 0, 1, 1, 3, 0}

// A trajectory moves one group a row, each once, each dimension by one step.
func TestMorrisTrajectories(t *testing.T) {
	for _, levels := range []int{2, 4, 6, 10} {
		made, err := Morris(50, levels, morrisGroups, 8)
		points, places := table(must(t, made, err))
		delta := float64(levels/2) / float64(levels-1)
		var moved []int
		for row, p := range places {
			if row%5 == 0 {
				if p != (Place{Block: row / 5, Role: Start, Group: -1}) {
					t.Fatalf("row %d is %+v", row, p)
				}
				moved = nil
				continue
			}
			moved = append(moved, p.Group)
			if p.Role != Step || math.Abs(p.Delta) != delta || slices.Contains(moved[:len(moved)-1], p.Group) {
				t.Fatalf("row %d is %+v after the groups %v", row, p, moved)
			}
			if first := slices.Index(morrisGroups, p.Group); (points[row][first] > points[row-1][first]) != (p.Delta > 0) {
				t.Errorf("row %d: dimension %d went from %v to %v, and the step is %v", row, first, points[row-1][first], points[row][first], p.Delta)
			}
			for d, g := range morrisGroups {
				step := math.Abs(points[row][d] - points[row-1][d])
				if g == p.Group && math.Abs(step-delta) > 1e-15 || g != p.Group && step != 0 {
					t.Errorf("row %d moved group %d, and dimension %d of group %d by %v", row, p.Group, d, g, step)
				}
			}
		}
	}
}

// Every value is a level, exactly; the levels are equally likely at the start
// and at the end, so are up and down, and dimensions choose by themselves.
func TestMorrisLevelsAndDirections(t *testing.T) {
	const trajectories, levels = 6000, 6
	made, err := Morris(trajectories, levels, morrisGroups, 4)
	points, _ := table(must(t, made, err))
	for d := range morrisGroups {
		var starts, ends [levels]int
		up, alike := 0, 0
		for k := range trajectories {
			from, to := points[5*k], points[5*k+4]
			starts[level(t, from[d], levels)]++
			ends[level(t, to[d], levels)]++
			if to[d] > from[d] {
				up++
			}
			if e := (d + 1) % len(from); (to[d] > from[d]) == (to[e] > from[e]) {
				alike++
			}
		}
		for l := range levels {
			for _, n := range []int{starts[l], ends[l]} {
				if share := float64(n) / trajectories; math.Abs(share-1.0/levels) > 5*math.Sqrt(5.0/36/trajectories) {
					t.Errorf("dimension %d: level %d in %.3f of the trajectories", d, l, share)
				}
			}
		}
		for _, n := range []int{up, alike} {
			if share := float64(n) / trajectories; math.Abs(share-0.5) > 5*0.5/math.Sqrt(trajectories) {
				t.Errorf("dimension %d: up %d, the same way as the next %d of %d", d, up, alike, trajectories)
			}
		}
	}
}

// level returns the number of a level, which the value must be exactly.
func level(t *testing.T, value float64, levels int) int {
	t.Helper()
	l := int(math.Round(value * float64(levels-1)))
	if value != float64(l)/float64(levels-1) {
		t.Fatalf("%v is not one of %d levels", value, levels)
	}
	return l
}

// Each group is as often the first, second, ... to move.
func TestMorrisOrderOfGroups(t *testing.T) {
	const trajectories = 6000
	made, err := Morris(trajectories, 4, morrisGroups, 6)
	_, places := table(must(t, made, err))
	var at [4][4]int // by group and turn
	for row, p := range places {
		if p.Role == Step {
			at[p.Group][row%5-1]++
		}
	}
	for g := range at {
		for turn, n := range at[g] {
			if share := float64(n) / trajectories; math.Abs(share-0.25) > 5*math.Sqrt(3.0/16/trajectories) {
				t.Errorf("group %d moved as number %d in %.3f of the trajectories", g, turn, share)
			}
		}
	}
}
