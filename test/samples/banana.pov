// A bunch of bananas on a wooden table.
#version 3.7;
#declare FILL = 0.45;
#include "kitchen.inc"
Camera(<0.2, 5.2, -8.4>, <0.2, 0.75, 0.1>, 41, <0.2, 1.4, -1.2>, 0.24)
Daylight(1.15, srgb <1,0.97,0.92>)
Wall(15, srgb <0.66,0.70,0.70>)
plane { y, 0 Wood(srgb <0.62,0.45,0.30>, srgb <0.33,0.20,0.11>, 3.4) rotate y*-72 translate z*1.1 }

// One banana: a swept, slightly five-sided tube. The arc starts at the stalk (the origin) and bends towards +x and down.
// u runs along it, v around it. Bend is the whole angle of the arc in radians.
#macro Banana(Long, Thick, Bend, Seed)
  #local Rc = Long/Bend;
  #local Girth = function(u) { // the stalk, the belly, the tapered tip
    Thick*( 0.27 + 0.73*min(1, max(0, (u-0.10)/0.16))*min(1, max(0, (u-0.10)/0.16))*(3-2*min(1, max(0, (u-0.10)/0.16)))
      - 0.74*pow(min(1, max(0, (u-0.68)/0.265)), 2.4) + 0.05*sin(pi*u)) }
  #local Ring = function(u,v) { Girth(u)*(1 + 0.055*cos(10*pi*v+0.6)*min(1,max(0,(u-0.05)*5)) + 0.02*cos(4*pi*v)) }
  #local FX = function(u,v) { Rc*sin(Bend*(u-0.06)) + Ring(u,v)*cos(2*pi*v)*sin(Bend*(u-0.06)) }
  #local FY = function(u,v) { Rc*(cos(Bend*(u-0.06))-1) + Ring(u,v)*cos(2*pi*v)*cos(Bend*(u-0.06)) }
  #local FZ = function(u,v) { Ring(u,v)*sin(2*pi*v) }
  union {
    object { Surface(FX, FY, FZ, 72, 40)
      uv_mapping
      texture {
        pigment { function { min(0.999, max(0, x + 0.022*(Noise(x*9, y*6+Seed, 0.3).red-0.5))) }
          color_map {
            [0.00 srgb <0.36,0.28,0.14>] [0.025 srgb <0.50,0.44,0.16>] [0.10 srgb <0.66,0.66,0.18>] [0.20 srgb <0.90,0.77,0.15>] [0.40 srgb <0.94,0.75,0.11>]
            [0.82 srgb <0.93,0.74,0.12>] [0.91 srgb <0.78,0.70,0.18>] [0.94 srgb <0.50,0.42,0.15>] [0.955 srgb <0.16,0.11,0.06>] [1 srgb <0.09,0.06,0.04>] } }
        finish { diffuse 0.82 specular 0.14 roughness 0.06 }
      }
      texture { // ridges and freckles
        pigment { function { 1.1*max(0, cos(10*pi*y+0.6)-0.88)*8*max(0,Noise(x*14, y*9+Seed, 2).red-0.25)*(x>0.12)*(x<0.95) }
          color_map { [0 srgbt <0.42,0.27,0.06,1>] [0.15 srgbt <0.42,0.27,0.06,1>] [1 srgbt <0.36,0.22,0.06,0.05>] } }
        finish { diffuse 0.8 } }
      texture {
        pigment { function { max(0, Noise(x*46+Seed, y*60+Seed*3, 5).red-0.72)*4*(Noise(x*7+Seed, y*5, 9).red>0.45)
            + max(0, Noise(x*13, y*60+Seed, 3).red-0.80)*3.2 }
          color_map { [0 srgbt <0.42,0.25,0.08,1>] [0.2 srgbt <0.42,0.25,0.08,1>] [0.55 srgbt <0.40,0.24,0.08,0.25>] [1 srgbt <0.30,0.17,0.06,0.1>] } }
        finish { diffuse 0.8 } }
    }
    sphere { 0, 1 scale <0.35,1,1>*Thick*0.25 rotate z*(-degrees(Bend)*0.94) translate <Rc*sin(Bend*0.94), Rc*(cos(Bend*0.94)-1), 0>
      pigment { srgb <0.10,0.07,0.05> } finish { diffuse 0.7 } }
  }
#end

// Bananas side by side from one crown; the whole arch stands on its tips.
#declare N = 5;
#declare Bunch = union {
  #local I = 0;
  #while (I < N)
    #local K = I-(N-1)/2;
    union {
      object { Banana(5.0+0.3*sin(I*2.1), 0.53+0.02*cos(I*1.7), 1.15+0.07*sin(I*3), I*7.3+1) rotate x*(-K*7+4*sin(I*5)) }
      rotate y*(K*10.5) rotate z*(2+2*sin(I*2.1)+1.1*max(0,K)*K) translate <0.08*abs(K), -0.03*K*K, -0.49*K>
    }
    sphere_sweep { cubic_spline 5, <0.5,-0.06*K*K,-0.52*K>,0.15, <0.05,-0.03*K*K,-0.45*K>,0.16, <-0.35,0.04-0.02*K*K,-0.30*K>,0.20, <-0.72,0.10,-0.13*K>,0.21, <-1.1,0.18,0>,0.2 tolerance 1e-4
      pigment { bozo scale <0.3,0.06,0.06> color_map { [0 srgb <0.46,0.42,0.15>] [1 srgb <0.62,0.60,0.20>] } } normal { bumps 0.3 scale 0.05 } finish { diffuse 0.8 } }
    #local I = I+1;
  #end
  sphere { 0, 1 scale <0.09,0.26,0.48> rotate z*-10 translate <-0.80,0.11,0> pigment { bozo scale 0.1 color_map { [0 srgb <0.13,0.09,0.06>] [1 srgb <0.30,0.22,0.12>] } } normal { bumps 0.6 scale 0.06 } }
}
object { Bunch translate x*-2.2 rotate z*19 rotate y*-32 translate <0, 1.4, 0.3> }
