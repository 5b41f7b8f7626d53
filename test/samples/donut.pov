// Iced ring doughnuts on a white plate.
#version 3.7;
#declare FILL = 0.45;
#include "kitchen.inc"

Camera(<0.2, 6.6, -8.2>, <0.0, 0.5, -0.1>, 42, <0, 1.0, -1.4>, 0.24)
Daylight(1.15, srgb <1,0.97,0.93>)
Wall(15, srgb <0.70,0.72,0.72>)
plane { y, 0 Wood(srgb <0.72,0.56,0.40>, srgb <0.42,0.27,0.16>, 3.3) rotate y*68 translate <0.6,0,0.4> }

#declare RM = 1.0;   // radius of the ring's middle
#declare RT = 0.60;  // radius of the dough
#macro Dough(Seed)
  #local W = function(u,v) { RT*(1+0.05*(Noise(cos(2*pi*u)*2+Seed, sin(2*pi*u)*2, cos(2*pi*v)+3).red-0.5) ) }
  #local FX = function(u,v) { (RM + W(u,v)*cos(2*pi*v))*cos(2*pi*u) }
  #local FZ = function(u,v) { (RM + W(u,v)*cos(2*pi*v))*sin(2*pi*u) }
  #local FY = function(u,v) { 0.80*W(u,v)*sin(2*pi*v) }
  object { Surface(FX, FY, FZ, 64, 32)
    pigment { function { min(0.999, max(0, 0.5+y/RT*0.62 + 0.10*(Noise(x*3+Seed, y*3, z*3).red-0.5)+0.06*(Grain(x, y, z).red-0.5))) }
      color_map { [0 srgb <0.58,0.33,0.12>] [0.28 srgb <0.74,0.47,0.20>] [0.40 srgb <0.86,0.66,0.38>] [0.47 srgb <0.93,0.80,0.56>] [0.54 srgb <0.91,0.76,0.50>] [0.64 srgb <0.78,0.52,0.23>] [1 srgb <0.70,0.42,0.16>] } }
    normal { average normal_map { [1 bumps 0.35 scale 0.06] [1 wrinkles 0.4 scale 0.3] } }
    finish { diffuse 0.8 specular 0.1 roughness 0.08 } }
#end

// The icing covers the top; its edge runs down unevenly and is rounded.
#macro Icing(Seed)
  #local In  = function(u) { 0.5 + 0.36 + 0.10*(Noise(cos(2*pi*u)*2.2+Seed, sin(2*pi*u)*2.2, 1).red-0.5) }
  #local Out = function(u) { 0.075 + 0.13*(Noise(cos(2*pi*u)*2.9+Seed, sin(2*pi*u)*2.9, 4).red-0.5) + 0.02*sin(14*pi*u) }
  #local Th = function(u,v) { pi*(Out(u) + (In(u)-Out(u))*v) }
  #local Fat = function(u,v) { RT*(1.0 + 0.105*pow(max(0,1-pow(abs(2*v-1),7)),0.5) - 0.045 + 0.03*(Noise(cos(2*pi*u)*3, sin(2*pi*u)*3+Seed, v*3).red-0.5)) }
  #local FX = function(u,v) { (RM + Fat(u,v)*cos(Th(u,v)))*cos(2*pi*u) }
  #local FZ = function(u,v) { (RM + Fat(u,v)*cos(Th(u,v)))*sin(2*pi*u) }
  #local FY = function(u,v) { 0.80*Fat(u,v)*sin(Th(u,v)) }
  Surface(FX, FY, FZ, 110, 36)
#end

#declare Colours = array[7] { srgb <0.95,0.25,0.32>, srgb <1.0,0.80,0.15>, srgb <0.25,0.62,0.85>, srgb <0.98,0.98,0.95>, srgb <0.40,0.75,0.30>, srgb <0.98,0.55,0.15>, srgb <0.60,0.35,0.75> }
#macro Sprinkled(Coat, Seed, Count, Choco)
  #local S = seed(Seed*17+3);
  #local Top = object { Icing(Seed) }
  union {
    object { Dough(Seed) }
    object { Top pigment { Coat } normal { bumps 0.12 scale 0.25 }
      finish { diffuse 0.8 specular 0.6 roughness 0.012 reflection { 0.01, 0.16 falloff 3 } } }
    #local I = 0; #local Tries = 0;
    #while (I < Count & Tries < Count*4)
      #local Tries = Tries+1;
      #local A = rand(S)*2*pi; #local R = RM + (rand(S)*2-1)*RT*0.80;
      #local Nm = <0,0,0>;
      #local Q = trace(Top, <R*cos(A), 3, R*sin(A)>, -y, Nm);
      #if (vlength(Nm) > 0.1 & Q.y > 0.2)
        #local T = vnormalize(vcross(Nm, <rand(S)-0.5, rand(S)-0.5, rand(S)-0.5>)); #local L = 0.085;
        #local C = Colours[int(rand(S)*6.999)];
        union { cylinder { Q+Nm*0.018-T*L, Q+Nm*0.018+T*L, 0.034 } sphere { Q+Nm*0.018-T*L, 0.034 } sphere { Q+Nm*0.018+T*L, 0.034 }
          pigment { #if (Choco) srgb <0.22,0.11,0.06> #else C #end } finish { diffuse 0.85 specular 0.4 roughness 0.02 } }
        #local I = I+1;
      #end
    #end
  }
#end
// thin lines of another icing across the top
#macro Drizzled(Coat, Line, Seed)
  #local Top = object { Icing(Seed) }
  union {
    object { Dough(Seed) }
    object { Top pigment { Coat } normal { bumps 0.12 scale 0.25 } finish { diffuse 0.8 specular 0.6 roughness 0.012 reflection { 0.01, 0.18 falloff 3 } } }
    #local X = -1.45; #local Last = <0,-9,0>; #local Dir = 1;
    #while (X < 1.5)
      #local ZZ = -1.5;
      #while (ZZ <= 1.5)
        #local Nm = <0,0,0>;
        #local Q = trace(Top, <X + 0.17*ZZ*Dir/1.5 , 3, ZZ*Dir>, -y, Nm);
        #if (vlength(Nm) > 0.1 & Q.y > 0.12)
          #if (vlength(Q-Last) < 0.35) cylinder { Last, Q, 0.042 pigment { Line } finish { diffuse 0.85 specular 0.4 roughness 0.02 } } #end
          sphere { Q, 0.042 pigment { Line } finish { diffuse 0.85 specular 0.4 roughness 0.02 } }
          #local Last = Q;
        #end
        #local ZZ = ZZ + 0.06;
      #end
      #local X = X+0.34; #local Dir = -Dir;
    #end
  }
#end

#declare Pink = color srgb <0.95,0.58,0.68>;
#declare Cocoa = color srgb <0.27,0.13,0.07>;
#declare Cream = color srgb <0.97,0.94,0.87>;
object { Plate(3.5, srgb <0.93,0.93,0.91>, srgb <0.55,0.65,0.72>) translate <0, 0, 0.1> }
object { Sprinkled(Pink, 2, 95, 0) rotate y*30 translate <-1.35, 0.83, -0.95> }
object { Drizzled(Cocoa, Cream, 5) rotate y*-25 translate <1.45, 0.83, -0.55> }
object { Sprinkled(Cream, 8, 85, 0) rotate y*80 translate <-0.35, 0.85, 1.75> }
