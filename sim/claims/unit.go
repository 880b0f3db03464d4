package claims

import (
	"encoding/json"
	"math"

	"epgsim/sim/analysis"
)

// Unit is a piece of work that is done as a whole and can be kept: the claims
// at the defaults, with their ablations, under one random parameter set, or in one world.
type Unit struct {
	Name         string
	World        int                   `json:",omitempty"` // row of Plan.Worlds, from 1; 0 for none
	Parts        map[string][]Estimate // by claim id, one for each part
	Replications map[string]int        `json:",omitempty"` // by claim id: how many it took under a random parameter set
}

// Estimate is a statistic with its standard error over replications; NaN is a
// missing value.
type Estimate struct{ Value, Error float64 }

// z95 is how many standard errors a 95 % interval reaches to either side.
const z95 = 1.959964

// interval is the one at 95 %.
func (e Estimate) interval() analysis.Interval {
	half := z95 * e.Error
	return analysis.Interval{Estimate: e.Value, Low: e.Value - half, High: e.Value + half}
}

// MarshalJSON writes an estimate as a pair; what has no value is null.
func (e Estimate) MarshalJSON() ([]byte, error) {
	pair := [2]*float64{}
	for k, v := range [2]*float64{&e.Value, &e.Error} {
		if !math.IsNaN(*v) && !math.IsInf(*v, 0) {
			pair[k] = v
		}
	}
	return json.Marshal(pair)
}

// UnmarshalJSON reads what MarshalJSON wrote.
func (e *Estimate) UnmarshalJSON(b []byte) error {
	var pair [2]*float64
	if err := json.Unmarshal(b, &pair); err != nil {
		return err
	}
	for k, v := range [2]*float64{&e.Value, &e.Error} {
		*v = math.NaN()
		if pair[k] != nil {
			*v = *pair[k]
		}
	}
	return nil
}
