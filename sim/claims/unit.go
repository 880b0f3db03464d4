package claims

import (
	"encoding/json"
	"math"
)

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
