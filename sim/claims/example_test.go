package claims_test

import (
	"context"
	"fmt"

	"epgsim/sim/claims"
)

func Example() {
	cs, _ := claims.Find([]string{"C114"})
	plan := claims.Plan{Seed: 1, Replications: 40, Sets: 2, SetReplications: 20}
	units := map[string]claims.Unit{}
	for _, name := range plan.Units() {
		u, err := plan.RunUnit(context.Background(), name, cs, nil)
		if err != nil {
			fmt.Println(err)
			return
		}
		units[name] = u
	}
	fmt.Println(cs[0].Statement+":", claims.Judge(cs, units)[0].Verdict)
	// Output:
	// Control groups of experts open doors: weak
}
